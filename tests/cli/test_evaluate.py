"""``eventrisk evaluate`` and ``compare``: what they print, what they write, how they end."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from eventrisk.cli import main
from eventrisk.labelled import to_plain
from report_records import RECORDS, Reads

MODELS = {
    "default": Reads("default-0.1.0"),
    "bad": Reads("bad-1", frozenset(r.id for r in RECORDS[:12])),
}


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    from eventrisk.training import compare, evaluate

    for verb in (evaluate, compare):
        monkeypatch.setattr(verb, "load", lambda name, **_: MODELS[name])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.jsonl"
    path.write_text("".join(json.dumps(to_plain(r)) + "\n" for r in RECORDS), encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def test_the_report_is_printed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", data) == 0
    out, err = capsys.readouterr()
    assert "Report on default-0.1.0" in out
    assert "macro-F1" in out
    assert err == ""


def test_worst_errors_are_printed_on_request(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("evaluate", data, "--model", "bad", "--head", "sentiment") == 0
    assert "worst errors" not in capsys.readouterr().out
    assert run("evaluate", data, "--model", "bad", "--head", "sentiment", "--errors") == 0
    assert "The 8 worst errors" in capsys.readouterr().out


def test_the_report_is_written_by_its_ending(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending in ("md", "html", "tex", "json", "csv"):
        assert run("evaluate", data, "--model", "bad", "--out", tmp_path / f"report.{ending}") == 0
    assert "wrote" in capsys.readouterr().err
    assert (tmp_path / "report.md").read_text(encoding="utf-8").startswith("# Report on bad-1")
    assert (tmp_path / "sentiment_coverage.svg").is_file()
    assert r"\begin{tabular}" in (tmp_path / "report.tex").read_text(encoding="utf-8")
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["model"] == "bad-1"
    with (tmp_path / "report.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["head"] for row in rows} >= {"sentiment", "entities", "risk"}


def test_an_ending_that_is_no_report_is_refused_before_anything_is_read(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("evaluate", data, "--out", tmp_path / "report.pdf") == 2
    out, err = capsys.readouterr()
    assert "report.pdf: reports are written as .md, .html, .tex, .json, .csv" in err
    assert out == ""


def test_a_bad_line_is_one_error_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"text": "A text."', encoding="utf-8")
    assert run("evaluate", path) == 2
    assert "bad.jsonl, line 1" in capsys.readouterr().err


def test_the_better_model_is_named(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("compare", "bad", "default", data, "--out", tmp_path / "beside.csv") == 0
    assert "sentiment: default-0.1.0 is better" in " ".join(capsys.readouterr().out.split())
    with (tmp_path / "beside.csv").open(encoding="utf-8", newline="") as handle:
        assert {row["head"]: row["verdict"] for row in csv.DictReader(handle)}["sentiment"] == "b"
