"""Suggestions in a notebook and on the terminal: the words of a release are shown, never obeyed."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from eventrisk.show.suggested import Row, beginning, html, table

HOSTILE = Row(
    "<b>id</b>",
    "<script>alert(1)</script>Norvena [red]files[/red]\x1b[31m",
    0.5,
    "<i>",
    ("drug “<img>” 0.50",),
)


def test_everything_is_escaped_in_html() -> None:
    page = html([HOSTILE], "1 of <many>")
    body = page.split("</style>")[1]
    for part in ("<script", "<b>", "<i>", "<img", "<many>", "\x1b"):
        assert part not in body
    assert "&lt;b&gt;id&lt;/b&gt;" in body
    assert "drug “&lt;img&gt;” 0.50" in body


def test_the_terminal_shows_markup_as_words_and_no_control_codes() -> None:
    out = StringIO()
    Console(file=out, width=120, color_system=None).print(table([HOSTILE]))
    assert "[red]files[/red]" in out.getvalue()
    assert "\x1b" not in out.getvalue()


def test_rows_are_numbered_with_score_and_reason() -> None:
    out = StringIO()
    Console(file=out, width=120).print(
        table(
            [Row("a", "First", 0.25, "neutral", ("why not",)), Row("b", "Second", 0.1, "", ("so",))]
        )
    )
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert lines[1] == ["1", "a", "0.250", "First", "why", "not"]
    assert lines[2] == ["2", "b", "0.100", "Second", "so"]


def test_only_the_beginning_of_a_release_is_shown() -> None:
    assert beginning("<p>Norvena</p> " + "word " * 10_000).startswith("Norvena word")
    assert len(beginning("word " * 10_000)) < 150
