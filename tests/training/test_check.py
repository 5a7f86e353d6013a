"""``check``: everything that is wrong, with its place; a mended copy that needs no further
mending.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import eventrisk.training.text_view as seeing
from eventrisk.cli import main
from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Span
from eventrisk.training.annotators import settled
from eventrisk.training.check import check, check_settled
from eventrisk.training.data import entries, records

TEXT = (
    "BOSTON, May 4, 2021 -- Norvena said the FDA cleared Pluxelor-like <b>Norvexor</b>&reg; "
    "(NRV-201) on {day}."
)


def lines(path: Path, *rows: dict[str, Any] | str) -> Path:
    path.write_text(
        "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows),
        encoding="utf-8",
    )
    return path


def good(count: int = 10) -> list[dict[str, Any]]:
    return [
        {
            "id": f"r{n}",
            "text": f"Norvena text of number {n}.",
            "sentiment": ("positive", "negative")[n % 2],
        }
        for n in range(count)
    ]


def test_clean_data_has_no_problem(tmp_path: Path) -> None:
    checked = check(lines(tmp_path / "x.jsonl", *good()))
    assert (checked.ok, checked.problems, repr(checked)) == (
        True,
        (),
        "<Checked 10 records: no problem>",
    )
    assert checked.fixed() == records(tmp_path / "x.jsonl")


def test_records_that_cannot_be_read_are_problems_with_their_line(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", *good(), '{"text": "half', {"id": "e", "text": " "})
    checked = check(path)
    assert [(p.file, p.line, p.kind) for p in checked.problems] == [
        (str(path), 11, "unreadable"),
        (str(path), 12, "unreadable"),
    ]
    assert len(checked.fixed()) == 10
    with pytest.raises(DataError, match=r"x\.jsonl, line 11: is not JSON.* \(and 1 more"):
        checked.raise_for_errors()


def test_records_in_memory_are_named_by_their_number() -> None:
    checked = check([*good(), {"text": 3}, Labelled("z", "One.", sentiment="postive")])
    assert [(p.file, p.record, p.kind) for p in checked.problems] == [
        ("record 11", None, "unreadable"),
        ("record 12", "z", "label misspelt"),
    ]
    assert checked.fixed()[-1].sentiment == "positive"


def test_data_without_a_record_is_an_error_and_a_missing_file_is_raised(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl")
    (problem,) = check([path]).problems
    assert (problem.file, problem.kind) == (str(path), "no record")
    assert check(path).problems == (problem,)
    many = check([path] * 5).problems[0].file
    assert many == f"{path}, {path}, {path} and 2 more"
    assert check([]).problems[0].file == "the records given"
    with pytest.raises(DataError, match="cannot be read"):
        check(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Pluxelor", []),
        ("Norvexor", []),
        ("<b>Norvexor</b>", []),
        ("NRV-201", []),
        ("May 4, 2021", []),
        ("Norvexo", ["span off words"]),
        ("NRV", ["span within a word"]),
        ("<b>", ["span without words"]),
        ("Norvena s", ["span off words"]),
    ],
)
def test_spans_are_held_against_the_words_of_the_pipeline_in_the_clean_text(
    words: str, expected: list[str]
) -> None:
    start = TEXT.index(words)
    checked = check([Labelled("a", TEXT, entities=(Span(start, start + len(words), "drug"),))])
    kinds = [p.kind for p in checked.problems if p.number is not None]
    assert kinds == (["span in markup"] if words == "<b>" else expected)


def test_the_words_of_a_link_are_no_markup() -> None:
    text = "Norvena met the [European Medicines Agency](https://norvena.example) today."
    start = text.index("European")
    checked = check([Labelled("a", text, entities=(Span(start, start + 25, "agency"),))])
    assert [p.kind for p in checked.problems if p.number is not None] == []


def test_borders_are_those_of_the_pipeline() -> None:
    view = seeing.text_viewer()("Doses of 5mg, anti-CD20 and Norvex/Pluxel for COVID-19.")
    for words in ("5", "mg", "anti", "CD20", "Norvex", "COVID-19"):
        start = "Doses of 5mg, anti-CD20 and Norvex/Pluxel for COVID-19.".index(words)
        assert view.whole(start, start + len(words)) == (start, start + len(words))
    assert view.whole(46, 51) == (46, 54)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2021-05-04", []),
        ("2021-05-06", []),
        ("2021-05-20", ["date and dateline differ"]),
        ("2021-04-30", ["date and dateline differ"]),
        ("May 4, 2021", []),
        ("05/04/2021", ["date not ISO"]),
    ],
)
def test_the_date_is_held_against_the_dateline(date: str, expected: list[str]) -> None:
    checked = check([{"text": TEXT, "date": date, "sentiment": "positive"}])
    assert [p.kind for p in checked.problems if p.number is not None] == expected


def broken() -> list[dict[str, Any]]:
    return [
        *good(),
        {
            "id": "r0",
            "text": "Norvena buys (Pluxelor and wet cough.",
            "entities": [[12, 22, "DRUG"], [13, 19, "drug"]],
        },
        {"id": "x", "text": "Norvena text of number 1.", "sentiment": "negative"},
        {
            "id": "y",
            "text": "Norvena sells.",
            "sentiment": "neg",
            "date": "02/27/2008",
            "split": "Training",
        },
    ]


def test_a_mended_copy_needs_no_mending_and_the_data_is_left_alone() -> None:
    data = broken()
    before = json.dumps(data)
    checked = check(data)
    fixed = checked.fixed()
    assert json.dumps(data) == before
    assert check(fixed).fixable == []
    assert [r.id for r in fixed] == [*(f"r{n}" for n in range(10)), "r0-2", "y"]
    assert fixed[-2].entities == (Span(14, 22, "drug"),)
    assert (fixed[-1].sentiment, fixed[-1].date, fixed[-1].split) == (
        "negative",
        "2008-02-27",
        "train",
    )


def test_problems_come_as_a_frame_and_as_escaped_html() -> None:
    pd = pytest.importorskip("pandas")
    checked = check([*good(), {"id": "<i>", "text": "One & two.", "sentiment": "po<b>itive"}])
    frame = checked.to_frame()
    assert list(frame.columns) == [
        "file",
        "line",
        "record",
        "kind",
        "severity",
        "message",
        "fix",
        "fixable",
    ]
    assert (str(frame["line"].dtype), len(frame)) == ("Int64", len(checked.problems))
    assert len(check(good()).to_frame()) == 0
    assert isinstance(frame, pd.DataFrame)
    html = checked._repr_html_()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "<i>" not in html


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in arguments])
    return int(ended.value.code or 0)


def test_the_verb_lists_problems_and_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lines(tmp_path / "x.jsonl", *broken())
    assert run("check", path) == 1
    shown = capsys.readouterr()
    assert "label misspelt" in shown.out
    assert f"{path}, line 13 (y): sentiment: 'neg'" in shown.out
    assert "checked 13 records: " in shown.err
    assert run("check", lines(tmp_path / "good.jsonl", *good())) == 0
    assert run("check", tmp_path / "none.jsonl") == 2


def test_problems_are_written_for_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lines(tmp_path / "x.jsonl", *broken())
    run("check", path, "--format", "json")
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"file": str(path), "line": 13, "kind": "label misspelt"}.items() <= found[
        -3
    ].items() or any(row["line"] == 13 and row["kind"] == "label misspelt" for row in found)
    run("check", path, "--format", "csv")
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [row["kind"] for row in rows] == [row["kind"] for row in found]


def test_fix_writes_a_copy_and_never_over_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = lines(tmp_path / "x.jsonl", *broken()), tmp_path / "mended.jsonl"
    before = path.read_bytes()
    assert run("check", path, "--fix", out) == 1
    assert check(out).fixable == []
    assert run("check", path, "--fix", path) == 2
    assert run("check", path, "--fix", out) == 2
    assert "exists; a mended copy is a new file" in capsys.readouterr().err
    assert run("check", path, "--fix", tmp_path / "x.odt") == 2
    assert path.read_bytes() == before


def test_a_copy_in_a_format_that_cannot_hold_all_says_how_many_it_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = [{"id": name, "text": f"{name} fails.", "entities": []} for name in "ab"]
    path = lines(tmp_path / "x.jsonl", *held, {"id": "c", "text": "c fails.", "sentiment": "up"})
    run("check", path, "--fix", tmp_path / "x.conll")
    said = capsys.readouterr().err
    assert f"wrote {tmp_path / 'x.conll'}: 2 records, 1 left out, 0 problems mended" in said
    assert [r.id for r in records(tmp_path / "x.conll")] == ["a", "b"]
    run("check", path, "--fix", tmp_path / "y.jsonl")
    assert "y.jsonl: 3 records, 0 problems mended" in capsys.readouterr().err


def test_records_that_were_read_already_are_checked_like_a_file(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", *good(), {"id": "bad", "text": ""})
    assert check_settled(settled(entries(path))) == check(path)
