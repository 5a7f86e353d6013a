"""What people do by mistake ends with words that say what, where, and what to do."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import eventrisk
from eventrisk.cli import main

NEWS = "FDA Approves Norvena for Asthma\nThe FDA has approved Norvena for asthma."
TABLE = Path(__file__).with_name("mistakes.toml")
MISTAKES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["mistake"]
KEYS = {"id", "does", "says", "python", "shell", "error", "warning", "exit"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the table describes, as the one worked in."""
    line = NEWS.replace("\n", " ")
    (tmp_path / "exhibits").mkdir()
    for name, content in {
        "news.txt": NEWS,
        "news.csv": f"id,headline,body,ticker\n1,One,{line},NVX\n2,Two,{line},NVX\n",
        "headlines.csv": f"headline,date\n{line},2020-01-02\n",
        "records.jsonl": f'{{"text": "{line}"}}\n' * 2,
        "labelled.csv": f"id,text,sentiment\n1,{line},positive\n",
        "scores_votes.csv": f"id,text\n1,{line}\n",
        "mine.csv": "term\tlabel\nNorvena\tdrug\n",
        "results.jsonl": '{"schema": 1, "doc_id": "a", "title": "Title", "provenance": {}}\n',
        "keep.csv": "doc_id\nkept\n",
        "exhibits/a.txt": NEWS,
        "exhibits/b.pdf": "%PDF-1.7",
    }.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "old.csv").write_bytes(f"text\n“{line}”\n".encode("cp1252"))
    (tmp_path / "link.csv").symlink_to(tmp_path / "news.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(kind: str) -> Any:
    """The rows of a kind, each a case called by its id."""
    found = [row for row in MISTAKES if kind in row]
    return pytest.mark.parametrize("row", found, ids=[row["id"] for row in found])


@rows("python")
def test_in_python(row: dict[str, Any], desk: Path) -> None:
    before = contents(desk)
    names: dict[str, Any] = {"eventrisk": eventrisk}
    if "warning" in row:
        with pytest.warns(getattr(eventrisk, row["warning"])) as warned:
            exec(row["python"], names)
        said = "\n".join(str(each.message) for each in warned)
    else:
        with pytest.raises(Exception) as raised:  # noqa: PT011  # the type is asked for below
            exec(row["python"], names)
        assert type(raised.value).__name__ == row["error"]
        said = str(raised.value)
    assert [words for words in row["says"] if words not in said] == []
    assert contents(desk) == before


@rows("shell")
def test_on_the_command_line(
    row: dict[str, Any], desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(desk)
    with pytest.raises(SystemExit) as ended:
        main(row["shell"])
    said = " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert int(ended.value.code or 0) == row["exit"]
    assert [words for words in row["says"] if words not in said] == []
    assert {path: data for path, data in contents(desk).items() if path in before} == before


def test_every_row_is_whole_and_has_a_name_of_its_own() -> None:
    assert len(MISTAKES) >= 60
    assert len({row["id"] for row in MISTAKES}) == len(MISTAKES)
    for row in MISTAKES:
        assert row.keys() <= KEYS, row["id"]
        assert ("python" in row) != ("shell" in row), row["id"]
        assert ("exit" in row) == ("shell" in row), row["id"]
        assert ("python" in row) == ("error" in row or "warning" in row), row["id"]
        assert row["says"], row["id"]
