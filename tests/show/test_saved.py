"""One result as a page: printed, saved, as HTML beside others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventrisk.errors import OutputError
from eventrisk.results import Analysis
from eventrisk.show.html import card
from eventrisk.show.saved import document, plain_page
from factories import FAILURE, TEXT, analysis, bare


def test_print_shows_the_whole_result_and_repr_stays_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print(analysis())
    page = capsys.readouterr().out
    for words in (
        "Norvena & Sons, Inc. · Nasdaq: NRVN · 2021-05-04",
        "▼ Negative  4 yes, 10 no, 1 abstaining",
        "What comes next",
        "Risk factors named (3)",
    ):
        assert words in page
    assert all(len(line) <= 100 and line == line.rstrip() for line in page.splitlines())
    assert "\n" not in repr(analysis())
    assert str([analysis()]) == f"[{analysis()!r}]"


def test_the_page_is_the_same_whatever_terminal_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = str(analysis())
    for name, value in (("COLUMNS", "40"), ("FORCE_COLOR", "1"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    assert str(analysis()) == plain
    assert "\x1b" not in plain


def test_in_a_notebook_the_page_is_a_string_too(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, shell = str(analysis()), type("ZMQInteractiveShell", (), {})
    monkeypatch.setattr("builtins.get_ipython", lambda: shell(), raising=False)
    assert str(analysis()) == plain
    assert "Risk factors named (3)" in plain


def test_the_page_holds_the_release_on_request() -> None:
    words = "We are confident in Corvastim and thank the committee"
    assert words in " ".join(plain_page(analysis(), text=True).split())
    assert words not in " ".join(plain_page(analysis()).split())


def test_a_result_saves_itself_as_the_name_of_the_file_says(tmp_path: Path) -> None:
    made = analysis(meta={"ticker": "NRVN"})
    for ending in ("html", "txt", "json"):
        made.save(tmp_path / f"card.{ending}")
    page = (tmp_path / "card.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert card(made) in page
    assert "<title>FDA Panel Votes 10-4 Against Corvastim" in page
    assert (tmp_path / "card.txt").read_text(encoding="utf-8") == f"{made}\n"
    whole = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))
    assert Analysis.from_dict(whole, TEXT) == made
    assert whole["meta"] == {"ticker": "NRVN"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("card.pdf", "a result is saved as .html, .txt, .json"),
        ("card", "a result is saved as .html, .txt, .json"),
        ("card.csv", "write tables with to_csv"),
        ("nowhere/card.html", "the folder .*nowhere does not exist"),
    ],
)
def test_what_cannot_be_saved_is_refused_with_the_way(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=said):
        analysis().save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_some_results_are_one_page_with_a_card_each_and_failures_told() -> None:
    page = document([FAILURE, analysis(), bare()])
    assert page.count('<div class="er-card">') == 2
    assert "broken.txt: the release is empty" in page
    assert page.count("<title>") == page.count("</html>") == 1


def test_nothing_that_a_failure_says_becomes_markup() -> None:
    evil = "<script>alert(1)</script>"
    page = document([type(FAILURE)(evil, evil, "InputError")])
    assert "<script" not in page
    assert "&lt;script&gt;" in page
