"""From format to format, on the command line too: whole or not at all, never over a file, what was
lost is said.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import eventrisk.training.train
from eventrisk.cli import main
from eventrisk.errors import DataError, OutputError
from eventrisk.labelled import Labelled, Span
from eventrisk.sources.formats import Loss
from eventrisk.training.convert import convert
from eventrisk.training.data import FORMATS, records

HELD = [
    Labelled(
        "a",
        "Velorin failed.",
        "2020-01-02",
        entities=(Span(0, 7, "drug"),),
        sentiment="bad",
        risk_factors=(),
    ),
    Labelled("b", "Second.", company="Norvena", tone="own label", risk_factors=("a; b", "c")),
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    convert(HELD, path)
    return path


def run(*arguments: object) -> int:
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


@pytest.mark.parametrize("name", [name for name in FORMATS if not name.startswith("conll")])
def test_there_and_back_by_file_nothing_is_lost(name: str, source: Path, tmp_path: Path) -> None:
    there, back = tmp_path / f"x{(*FORMATS[name].suffixes, '.jsonl')[0]}", tmp_path / "back.jsonl"
    assert convert(source, there, to=name) == []
    assert convert(there, back) == []
    assert back.read_bytes() == source.read_bytes()


def test_the_ending_tells_the_format_or_the_formats_are_listed(
    source: Path, tmp_path: Path
) -> None:
    convert(source, tmp_path / "x.csv")
    assert (
        (tmp_path / "x.csv")
        .read_text(encoding="utf-8")
        .startswith("id,text,date,company,entities,sentiment")
    )
    with pytest.raises(
        OutputError,
        match=r"x\.odt: the ending tells no format; name one of jsonl, csv, .*spacy-train",
    ):
        convert(source, tmp_path / "x.odt")
    with pytest.raises(DataError, match=r"known by 'cvs'.*did you mean 'csv'"):
        convert(source, tmp_path / "x.odt", to="cvs")


def test_a_file_that_exists_is_not_touched_but_on_purpose(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"x\.csv: exists; choose another name"):
        convert(source, target)
    assert target.read_text(encoding="utf-8") == "mine"
    convert(source, target, overwrite=True)
    assert records(target) == HELD


@pytest.mark.parametrize("way", ["itself", "through a folder", "link", "hard link"])
def test_what_is_read_is_not_written_over_even_on_purpose(
    way: str, source: Path, tmp_path: Path
) -> None:
    target = tmp_path / "other.jsonl"
    if way == "itself":
        target = source
    elif way == "through a folder":
        (tmp_path / "below").mkdir()
        target = tmp_path / "below" / ".." / source.name
    elif way == "link":
        target.symlink_to(source)
    else:
        target.hardlink_to(source)
    before = source.read_bytes()
    for overwrite in (False, True):
        with pytest.raises(OutputError, match=r"is read as input.*; write to another file"):
            convert([source], target, overwrite=overwrite)
    assert source.read_bytes() == before


def test_what_cannot_be_read_leaves_nothing_behind(source: Path, tmp_path: Path) -> None:
    source.write_text(source.read_text(encoding="utf-8") + '{"text": "half', encoding="utf-8")
    with pytest.raises(DataError, match=r"in\.jsonl, line 3: is not JSON"):
        convert(source, tmp_path / "x.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_writer_that_fails_leaves_the_old_file(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(held: list[Labelled], path: Path) -> list[Loss]:
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    target = tmp_path / "x.csv"
    target.write_text("mine", encoding="utf-8")
    monkeypatch.setitem(FORMATS, "csv", FORMATS["csv"]._replace(write=write))
    with pytest.raises(OutputError, match="No space left on device"):
        convert(source, target, overwrite=True)
    assert target.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "x.csv"]


def test_a_format_that_can_hold_nothing_of_it_writes_no_file(source: Path, tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match=r"conll can hold none of the records; of the first, its entities are not"
    ):
        convert([HELD[1]], tmp_path / "x.conll")
    assert not (tmp_path / "x.conll").exists()


def test_a_missing_folder_is_said(source: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist: create it first"):
        convert(source, tmp_path / "none" / "x.csv")


@pytest.fixture
def spacy_train(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is asked of the module that knows how spaCy trains."""
    asked: list[Any] = []
    stand_in = SimpleNamespace(
        export_corpus=lambda held, out: asked.append((held, out)),
        source_bundle=lambda pipeline, out: asked.append((pipeline, out)),
    )
    monkeypatch.setitem(sys.modules, "eventrisk.training.train.spacy_cli", stand_in)
    monkeypatch.setattr(eventrisk.training.train, "spacy_cli", stand_in, raising=False)
    return asked


def test_folders_for_spacy_are_made_by_those_who_know(
    spacy_train: list[Any], source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert convert(source, out, to="spacy-train") == []
    assert convert(tmp_path, out, to="bundle") == []
    assert spacy_train == [(HELD, out), (tmp_path, out)]
    with pytest.raises(DataError, match="a bundle is made of one spaCy pipeline"):
        convert(source, out, to="bundle")
    out.mkdir()
    with pytest.raises(OutputError, match="exists"):
        convert(source, out, to="spacy-train", overwrite=True)


def test_the_command_writes_and_says_what_was_lost(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("convert", source, "--to", "conll", tmp_path / "x.tsv") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "eventrisk: lost the whole record (1): its entities are not labelled, and a file of "
        "tags would say that there are none — b",
        f"eventrisk: wrote {tmp_path / 'x.tsv'}, 1 thing lost",
        "eventrisk: CoNLL: ids, texts and all labels but entities stand beside it, in the file "
        "that ends in .docs; keep both together to read them back",
    ]
    assert (tmp_path / "x.docs").is_file()
    assert [r.id for r in records(tmp_path / "x.tsv")] == ["a"]


def test_the_command_counts_losses_of_a_kind_and_names_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spans = tuple(Span(0, end, "x") for end in range(1, 6))
    convert([Labelled("a", "abcdef", entities=spans)], tmp_path / "in.jsonl")
    assert run("convert", tmp_path / "in.jsonl", tmp_path / "x.spacy") == 0
    assert capsys.readouterr().err.splitlines()[0] == (
        "eventrisk: lost entity (5): it begins or ends within a token — a: entity [0, 5, "
        "'x'], a: entity [0, 4, 'x'], "
        "a: entity [0, 3, 'x'] and 2 more"
    )


def test_the_command_takes_names_of_columns_and_several_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("body,verdict\nOne two,bad\n", encoding="utf-8")
    names = ("--column", "body=text", "--column", "verdict=sentiment")
    files = (tmp_path / "a.csv", tmp_path / "b.csv")
    assert run("convert", *files, "--out", tmp_path / "x.jsonl", *names) == 0
    assert capsys.readouterr().err == f"eventrisk: wrote {tmp_path / 'x.jsonl'}, nothing lost\n"
    assert [
        json.loads(line)["sentiment"] for line in (tmp_path / "x.jsonl").open(encoding="utf-8")
    ] == ["bad", "bad"]
    assert run("convert", files[0], tmp_path / "y.jsonl", "--column", "body") == 2
    assert "'body' is not NAME=OURS" in capsys.readouterr().err


def test_the_command_ends_with_two_and_one_line_for_what_it_cannot_do(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("convert", source, tmp_path / "none.jsonl", tmp_path / "x.csv") == 2
    assert capsys.readouterr().err.startswith(
        f"eventrisk: {tmp_path / 'none.jsonl'}: cannot be read"
    )
    assert run("convert", source, source) == 2
    assert "in.jsonl: is read as input" in capsys.readouterr().err
    assert run("convert", source) == 2
    assert "where to write" in capsys.readouterr().err
    assert run("convert", source, tmp_path / "x.csv", "--from", "doccano") == 0
