"""What the commands read: tables, folders, other names; and what they never write over."""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import eventrisk
from eventrisk.cli import main
from factories import StandIn


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """An analyzer that answers at once, in place of the real one."""
    stand_in = StandIn()
    api = SimpleNamespace(load=lambda name, terms=None: stand_in)
    monkeypatch.setitem(sys.modules, "eventrisk.api", api)
    monkeypatch.setattr(eventrisk, "api", api, raising=False)
    return stand_in


def run(*arguments: object) -> int:
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def ids(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as handle:
        return [row["doc_id"] for row in csv.DictReader(handle)]


HEADLINES = "permno,headline,body,day\n7,Head,Body one.,20200102\n8,Head,Body two.,2020-01-03\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "news.csv"
    path.write_text(HEADLINES, encoding="utf-8")
    return path


COLUMNS = ("--column", "permno=id", "--column", "body=text", "--column", "day=date")


def test_a_table_is_scored_a_release_a_row(model: StandIn, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "s.csv"
    assert run("score", table, *COLUMNS, "--column", "headline=title", "--out", out) == 0
    assert ids(out) == ["7", "8"]
    assert model.records[0] == {
        "id": "7",
        "title": "Head",
        "text": "Body one.",
        "date": "20200102",
    }


def test_analyze_reads_tables_and_folders_as_score_does(
    model: StandIn, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    assert run("analyze", tmp_path, *COLUMNS, "--format", "json") == 0
    printed = [json.loads(line)["doc_id"] for line in capsys.readouterr().out.splitlines()]
    assert printed == [(tmp_path / "a.txt").as_posix(), "7", "8"]


def test_from_says_what_a_file_is_written_in(
    model: StandIn, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = table.rename(tmp_path / "news.dat")
    out = tmp_path / "s.csv"
    assert run("score", odd, *COLUMNS, "--from", "csv", "--out", out) == 0
    assert ids(out) == ["7", "8"]
    assert run("score", odd, "--from", "excel", "--out", out) == 2
    assert "no format of releases is known by 'excel'" in capsys.readouterr().err


def test_a_given_date_is_for_records_without_one(
    model: StandIn, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = ("--column", "body=text", "--column", "day=date")
    assert run("analyze", table, *columns, "--date", "2021-05-04", "--format", "json") == 0
    table.write_text("text\nOne\n", encoding="utf-8")
    assert run("analyze", table, "--date", "2021-05-04", "--format", "json") == 0
    assert [record["date"] for record in model.records] == ["20200102", "2020-01-03", "2021-05-04"]


def linked(how: str, source: Path) -> Path:
    """Another name of a file."""
    other = source.with_name(f"other{source.suffix}")
    if how == "link":
        other.symlink_to(source)
    elif how == "hard link":
        other.hardlink_to(source)
    elif how == "through a folder":
        (source.parent / "below").mkdir()
        return source.parent / "below" / os.pardir / source.name
    else:
        return source
    return other


@pytest.mark.parametrize("how", ["itself", "link", "hard link", "through a folder"])
@pytest.mark.parametrize("ending", [".csv", ".jsonl"])
def test_score_refuses_to_write_over_its_input_before_anything_is_opened(
    how: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def load(name: str, terms: object = None) -> None:
        raise AssertionError("the model was loaded")

    api = SimpleNamespace(load=load)
    monkeypatch.setitem(sys.modules, "eventrisk.api", api)
    monkeypatch.setattr(eventrisk, "api", api, raising=False)
    source = tmp_path / f"r{ending}"
    source.write_text('{"text": "One"}\n' if ending == ".jsonl" else "text\nOne\n")
    before = source.read_bytes()
    assert run("score", source, "--out", linked(how, source)) == 2
    assert "is read as input" in capsys.readouterr().err
    assert source.read_bytes() == before
    assert run("score", tmp_path, "--out", linked(how, source) if how == "itself" else source) == 2
    assert source.read_bytes() == before


def test_a_long_table_that_is_an_input_is_refused_too(
    model: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "s_votes.csv"
    source.write_text("text\nOne\n", encoding="utf-8")
    assert run("score", source, "--out", tmp_path / "s.csv", "--table", "votes") == 2
    assert f"{source}: is read as input and would be overwritten" in capsys.readouterr().err
    assert source.read_text(encoding="utf-8") == "text\nOne\n"
    assert not (tmp_path / "s.csv").exists()
    assert run("score", source, "--out", tmp_path / "s.csv", "--table", "entities") == 0


def test_tables_of_an_earlier_run_in_the_folder_are_replaced_and_not_read(
    model: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    out = tmp_path / "s.csv"
    for _ in range(2):
        assert run("score", tmp_path, "--out", out, "--table", "votes") == 0
        assert ids(out) == [(tmp_path / "a.txt").as_posix()]
    assert "passed over 2 files" in capsys.readouterr().err


def test_suggest_refuses_what_it_reads_and_the_labelled_releases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, known = tmp_path / "t.jsonl", tmp_path / "k.jsonl"
    for path in (texts, known):
        path.write_text('{"text": "One"}\n', encoding="utf-8")
    for out in (texts, known):
        options = ("--labelled", known, "--out", out, "--overwrite")
        assert run("suggest", texts, *options) == 2
        assert f"{out}: is read as input" in capsys.readouterr().err
        assert out.read_text(encoding="utf-8") == '{"text": "One"}\n'


@pytest.mark.parametrize("verb", ["evaluate", "compare"])
def test_a_report_is_not_written_over_the_data(
    verb: str, table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models = ("default", "default") if verb == "compare" else ()
    assert run(verb, *models, table, "--out", table) == 2
    assert "news.csv: is read as input" in capsys.readouterr().err
    assert table.read_text(encoding="utf-8") == HEADLINES


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.txt": "One", "b.txt": " "}, 1),
        ({"a.txt": "", "b.txt": " "}, 2),
        ({"a.csv": "text\n"}, 2),
        ({"a.csv": "text\nOne\n"}, 0),
    ],
)
def test_the_exit_code_of_score_says_whether_all_some_or_none_was_read(
    model: StandIn, files: dict[str, str], code: int, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    for name, content in files.items():
        (tmp_path / "in" / name).write_text(content, encoding="utf-8")
    assert run("score", tmp_path / "in", "--out", tmp_path / "s.csv") == code
    if code == 2:
        assert not (tmp_path / "s.csv").exists()
    else:
        assert len(ids(tmp_path / "s.csv")) == len(files)


def from_stdin(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """As ``< path`` in a shell."""
    monkeypatch.setattr(sys, "stdin", path.open(encoding="utf-8"))


@pytest.mark.parametrize("verb", ["analyze", "score"])
def test_the_file_that_stdin_comes_from_is_not_written_over(
    model: StandIn,
    verb: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source = tmp_path / "r.jsonl"
    source.write_text("A text.", encoding="utf-8")
    from_stdin(monkeypatch, source)
    assert run(verb, "-", "-o", source) == 2
    assert f"{source}: is read as input (it is the same file as <stdin>)" in capsys.readouterr().err
    assert source.read_text(encoding="utf-8") == "A text."
    other = tmp_path / "other.jsonl"
    assert run(verb, "-", "-o", other) == 0
    assert [json.loads(line)["doc_id"] for line in other.open(encoding="utf-8")] == ["3b6444e203f1"]


def test_score_reads_stdin_beside_files(
    model: StandIn, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("A text.", encoding="utf-8")
    from_stdin(monkeypatch, tmp_path / "a.txt")
    out = tmp_path / "s.csv"
    assert run("score", table, "-", *COLUMNS, "--out", out) == 0
    assert ids(out) == ["7", "8", "3b6444e203f1"]


@pytest.mark.parametrize("verb", ["analyze", "score"])
@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_where_nothing_could_be_read_an_older_table_stays(
    model: StandIn, verb: str, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "b.pdf"
    bad.write_bytes(b"%PDF-1.7")
    out = tmp_path / f"keep.{ending}"
    out.write_text("kept", encoding="utf-8")
    assert run(verb, bad, "--out", out) == 2
    assert out.read_text(encoding="utf-8") == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.pdf", out.name]
    assert "read 0 of 1 releases; nothing is written" in capsys.readouterr().err


def test_failures_of_one_kind_are_said_three_times_and_then_counted(
    model: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"{number},\n" for number in range(1, 1_006)]
    path = tmp_path / "news.csv"
    path.write_text(f"id,body\n0,Words.\n{''.join(rows)}", encoding="utf-8")
    assert run("score", path, "--column", "body=text", "--out", tmp_path / "s.csv") == 1
    said = [line for line in capsys.readouterr().err.splitlines() if "is empty" in line]
    assert said == [
        f"eventrisk: {path.as_posix()}#{n + 1} (id {n}): 'body' is empty" for n in (1, 2, 3)
    ]
    assert run("analyze", path, "--column", "body=text", "--format", "json") == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "eventrisk: 1,002 more could not be read, of the same kind (EmptyTextError)"
