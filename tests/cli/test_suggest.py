"""``eventrisk suggest``: the table, the file, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventrisk.cli import main
from eventrisk.labelled import Placed
from eventrisk.training.data import entries
from eventrisk.training.suggest import run as suggesting
from factories import StandIn

FIRST, SECOND = "Norvena files [red]tablet[/red] application", "Committee votes against injection"


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    """An analyzer that answers at once, in place of the real one."""
    monkeypatch.setattr(suggesting, "load", lambda name, **_: StandIn())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two releases and one that is empty."""
    inside = tmp_path / "pool"
    inside.mkdir()
    for name, text in (("a.txt", FIRST), ("b.txt", SECOND)):
        (inside / name).write_text(text, encoding="utf-8")
    return inside


def run(*arguments: object) -> int:
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def test_a_table_says_which_and_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("suggest", folder) == 0
    out, err = capsys.readouterr()
    assert "[red]tablet[/red]" in " ".join(out.split())
    assert "sentiment unsure" in " ".join(out.split())
    assert "2 of 2 releases" in err


def test_as_many_as_asked_for_go_to_the_tool(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "tasks.jsonl"
    assert run("suggest", folder, "-n", 1, "--to", "prodigy", "-o", target) == 0
    tasks = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [task["text"] in (FIRST, SECOND) for task in tasks] == [True]
    assert "answer" not in tasks[0]
    assert f"wrote 1 pre-annotated releases to {target}" in capsys.readouterr().err


def test_no_more_texts_are_read_than_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("suggest", folder, "-n", 1, "--max-texts", 1) == 0
    assert "1 of 2 releases; 1 of them read, chosen for variety" in capsys.readouterr().err


def test_what_cannot_be_read_is_said_and_ends_with_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty.txt").write_text(" ", encoding="utf-8")
    assert run("suggest", folder) == 1
    assert "empty.txt" in capsys.readouterr().err


def test_what_cannot_be_written_is_said_before_the_reading(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(suggesting, "load", lambda name, **_: pytest.fail("nothing may be read"))
    target = tmp_path / "tasks.jsonl"
    assert run("suggest", folder, "--to", "prodigy") == 2
    assert "--out" in capsys.readouterr().err
    assert run("suggest", folder, "--to", "brat", "-o", target) == 2
    assert "brat" in capsys.readouterr().err
    target.write_text("labelled by hand", encoding="utf-8")
    assert run("suggest", folder, "-o", target) == 2
    assert "exists" in capsys.readouterr().err


def test_what_is_labelled_and_how_columns_are_called_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "labelled.csv").write_text(f"body,sentiment\n{SECOND},negative\n", encoding="utf-8")
    target = tmp_path / "next.jsonl"
    options = (
        "--labelled",
        tmp_path / "labelled.csv",
        "--column",
        "body=text",
        "--head",
        "sentiment",
    )
    assert run("suggest", folder, "-o", target, *options) == 0
    assert [
        json.loads(line)["text"] for line in target.read_text(encoding="utf-8").splitlines()
    ] == [FIRST]


def test_it_says_what_doccano_needs_and_how_its_work_comes_back(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "next.jsonl"
    assert run("suggest", folder, "--to", "doccano", "-o", target) == 0
    said = capsys.readouterr().err
    assert "doccano: make a project of the type " in said
    assert "read them with --from doccano-approved" in said
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert len({tuple(row) for row in rows}) == 1
    found = list(entries(target))
    assert len(found) == 2
    assert all(isinstance(one, Placed) and one.record.sentiment is None for one in found)


def test_the_agreement_on_what_is_labelled_is_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.jsonl"
    rows = [
        {"id": "a", "text": SECOND, "sentiment": mood, "annotator": who}
        for who, mood in (("ann", "negative"), ("bob", "neutral"))
    ]
    people.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert run("suggest", folder, "--labelled", people, "--conflicts", "drop") == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "agreement of annotators: sentiment, 1 text labelled by two people" in said


def test_a_format_is_named_where_the_ending_does_not_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.dat"
    path.write_text(f"body\n{FIRST}\n{SECOND}\n", encoding="utf-8")
    assert run("suggest", path, "--from", "csv", "--column", "body=text") == 0
    assert "2 of 2 releases" in capsys.readouterr().err
