"""What the command line writes: where, in which form, with which columns."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest
import typer

import eventrisk
from eventrisk.cli import app, main
from eventrisk.results import Analysis, Failure
from factories import analysis


class Reader:
    """Gives the same result for each record, with what its release is said to have brought."""

    meta: Mapping[str, Any] = {"ticker": "NRVN", "permno": "12", "quote": "mine"}

    def many(self, records: Iterable[Any], **options: Any) -> Iterator[Analysis | Failure]:
        for number, _ in enumerate(records):
            yield analysis(doc_id=str(number), meta=self.meta)


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    api = SimpleNamespace(load=lambda name, **options: Reader())
    monkeypatch.setitem(sys.modules, "eventrisk.api", api)
    monkeypatch.setattr(eventrisk, "api", api, raising=False)


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text("Norvena Reports News\nBody.")
    return Path("news.txt")


def run(*arguments: object) -> int:
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def header(path: str) -> list[str]:
    with Path(path).open(encoding="utf-8", newline="") as handle:
        return next(csv.reader(handle))


def test_every_verb_that_has_out_has_o() -> None:
    command: Any = typer.main.get_command(app)
    flags = {
        name: [option.opts for option in verb.params if option.name == "out"]
        for name, verb in command.commands.items()
    }
    with_out = {name for name, found in flags.items() if found}
    assert with_out >= {"analyze", "score", "train", "evaluate", "compare", "convert", "suggest"}
    assert all(found == [["--out", "-o"]] for name, found in flags.items() if name in with_out)


def test_tables_are_named_with_commas_or_one_by_one(release: Path) -> None:
    assert run("score", release, "-o", "s.csv", "--table", "votes, catalysts,votes") == 0
    assert run("score", release, "-o", "t.csv", "--table", "votes", "--table", "catalysts") == 0
    for stem in ("s", "t"):
        assert {path.name for path in Path().glob(f"{stem}*.csv")} == {
            f"{stem}.csv",
            f"{stem}_votes.csv",
            f"{stem}_catalysts.csv",
        }
    assert run("score", release, "--table", "votes,catalyst") == 2


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_what_records_bring_is_kept_in_every_table(release: Path, ending: str) -> None:
    read = header if ending == "csv" else (lambda path: pq.read_table(path).column_names)
    assert run("score", release, "-o", f"all.{ending}", "--table", "votes") == 0
    for name in (f"all.{ending}", f"all_votes.{ending}"):
        assert read(name)[-3:] == ["ticker", "permno", "meta_quote"]
    assert run("score", release, "-o", f"one.{ending}", "--keep", "permno") == 0
    assert read(f"one.{ending}")[-2:] == ["error_kind", "permno"]
    assert run("score", release, "-o", f"none.{ending}", "--keep", "") == 0
    assert read(f"none.{ending}")[-1] == "error_kind"


def test_a_renamed_column_is_told(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = "eventrisk: the column 'quote' of the records is called 'meta_quote'"
    assert run("score", release) == 0
    assert said in capsys.readouterr().err
    assert run("score", release, "-o", "s.jsonl") == 0
    assert said not in capsys.readouterr().err
    assert json.loads(Path("s.jsonl").read_text())["meta"] == dict(Reader.meta)


def test_a_key_to_keep_that_no_record_has_is_one_line_and_writes_nothing(
    release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb in (["score"], ["analyze", "--format", "csv"], ["analyze", "--format", "json"]):
        assert run(*verb, release, "--keep", "tickr") == 2
        err = capsys.readouterr().err
        assert "no record has the key 'tickr', they have ticker, permno, quote" in err
        assert "did you mean 'ticker'?" in err
        assert err.count("\n") == 1
    assert [path.name for path in Path().iterdir()] == ["news.txt"]


def test_analyze_prints_a_page_of_html(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("analyze", release, release, "--format", "html") == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert page.count('<div class="er-card">') == 2


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("r.html", "<!doctype html>"),
        ("r.txt", "Norvena & Sons, Inc. · Nasdaq: NRVN · 2021-05-04"),
        ("r.json", '{"schema": 1, "doc_id": "0"'),
        ("r.csv", "doc_id,title,date,"),
    ],
)
def test_analyze_writes_what_the_ending_says(
    release: Path, name: str, begins: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", release, "-o", name) == 0
    out, err = capsys.readouterr()
    assert Path(name).read_text(encoding="utf-8").startswith(begins)
    assert (out, err.splitlines()[0]) == ("", f"eventrisk: wrote {name}")


def test_the_format_asked_for_outranks_the_ending(release: Path) -> None:
    assert run("analyze", release, "-o", "r.out", "--format", "html") == 0
    assert Path("r.out").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "r.pdf"], "r.pdf: results are written as .txt, .json"),
        (["-o", "gone/r.html"], "the folder gone does not exist: create it first"),
        (["--format", "html", "--text"], "goes with --format text only"),
        (["--keep", "ticker"], "goes with --format csv and json only"),
    ],
)
def test_wrong_output_of_analyze_is_told_and_nothing_written(
    release: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", release, *arguments) == 2
    out, err = capsys.readouterr()
    assert said in " ".join(err.replace("│", " ").split())
    assert out == ""
    assert [path.name for path in Path().iterdir()] == ["news.txt"]


def test_csv_on_stdout_has_a_column_for_every_key_of_any_record(
    release: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    metas = iter([{}, {"late": "x"}])

    def many(self: Reader, records: Iterable[Any], **options: Any) -> Iterator[Analysis]:
        for _ in records:
            yield analysis(meta=next(metas))

    monkeypatch.setattr(Reader, "many", many)
    assert run("analyze", release, release, "--format", "csv") == 0
    first, second = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (first["late"], second["late"]) == ("", "x")
