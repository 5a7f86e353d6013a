"""The command line: what it prints, what it writes, how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import eventrisk
from eventrisk.cli import main
from eventrisk.errors import ModelError
from eventrisk.results import Analysis
from factories import StandIn

NEWS = "Norvena Reports [bold] News\nBody."


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """An analyzer that answers at once, in place of the real one."""
    stand_in = StandIn()

    def load(name: str, *, terms: object = None) -> StandIn:
        if name != "default":
            raise ModelError(
                f"{name}: there is no such model; name a folder that holds a manifest.json"
            )
        return stand_in

    api = SimpleNamespace(load=load)
    monkeypatch.setitem(sys.modules, "eventrisk.api", api)
    monkeypatch.setattr(eventrisk, "api", api, raising=False)
    return stand_in


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_version_is_the_librarys(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"eventrisk {eventrisk.__version__}\n"


def test_the_module_is_the_command() -> None:
    out = subprocess.run(
        [sys.executable, "-m", "eventrisk", "--version"], capture_output=True, text=True, check=True
    )
    assert out.stdout == f"eventrisk {eventrisk.__version__}\n"


def test_a_release_is_printed_for_people(
    model: StandIn, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", release) == 0
    out, err = capsys.readouterr()
    assert "Norvena Reports [bold] News" in out
    assert "Sentiment   Neutral +0.00" in out
    assert err == ""
    assert "\x1b" not in out


def test_text_is_added_on_request(
    model: StandIn, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", release, "--text") == 0
    assert "Body." in capsys.readouterr().out
    assert run("analyze", release, "--text", "--format", "json") == 2
    assert "--text" in capsys.readouterr().err


def test_json_is_one_object_a_line(
    model: StandIn, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", release, release, "--format", "json") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == second
    assert Analysis.from_dict(json.loads(first)).doc_id == release.as_posix()


def test_csv_has_a_header_and_a_row_for_each(
    model: StandIn, release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", release, tmp_path / "gone.txt", "--format", "csv") == 1
    first, second = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (first["title"], first["error"]) == ("Norvena Reports [bold] News", "")
    assert second["error_kind"] == "InputError"


def test_table_has_a_line_for_each(
    model: StandIn, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", release, release, "--format", "table") == 0
    assert capsys.readouterr().out.count("+0.00") == 2


def test_stdin_is_read_as_a_file_is(
    model: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO("Norvena’s news".encode("utf-16")))
    )
    assert run("analyze", "-", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Norvena’s news"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"%PDF-1.4")))
    assert run("analyze", "-") == 2
    assert capsys.readouterr().err.startswith("eventrisk: <stdin>: is a PDF file")


def test_the_date_is_passed_on_and_checked(
    model: StandIn, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", release, "--date", "2008-02-27") == 0
    assert model.records[0]["date"] == "2008-02-27"
    assert run("analyze", release, "--date", "2008-02-30") == 2
    err = capsys.readouterr().err
    assert err.startswith("eventrisk: ")
    assert "2008-02-30" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("names", "code"), [(["gone.txt"], 2), (["news.txt", "gone.txt"], 1), (["news.txt"], 0)]
)
def test_the_exit_code_says_whether_all_some_or_none_was_read(
    model: StandIn, release: Path, names: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", *(release.with_name(name) for name in names)) == code
    assert capsys.readouterr().err.count("\n") == (code > 0)


def test_an_unknown_model_is_one_line_and_no_traceback(
    model: StandIn, release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("analyze", release, "--model", "nowhere") == 2
    err = capsys.readouterr().err
    assert (
        err
        == "eventrisk: nowhere: there is no such model; name a folder that holds a manifest.json\n"
    )


def test_a_file_that_is_not_utf8_is_read_and_said_so(
    model: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.txt").write_bytes("Norvena’s news".encode("cp1252"))
    assert run("analyze", tmp_path / "old.txt", "--format", "json") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["title"] == "Norvena’s news"
    assert "old.txt: is not UTF-8 and was read as Windows-1252" in err


def test_a_name_that_would_steer_the_terminal_is_said_without_its_codes(
    model: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a\x1b[2Jb.txt").write_text(" ")
    assert run("analyze", tmp_path / "a\x1b[2Jb.txt") == 2
    assert "a\ufffd[2Jb.txt: the release is empty" in capsys.readouterr().err


def test_a_folder_is_scored_into_a_table_with_failures_as_rows(
    model: StandIn, release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "more.jsonl").write_text(
        '{"text": "A", "id": "a", "date": "2020-01-02"}\n{broken\n'
    )
    out = tmp_path / "scores.csv"
    assert run("score", tmp_path, "--out", out) == 1
    rows = read_csv(out)
    assert [row["error_kind"] for row in rows] == ["EmptyTextError", "", "DataError", ""]
    assert (rows[1]["doc_id"], rows[1]["date"]) == ("a", "2020-01-02")
    err = capsys.readouterr().err.splitlines()
    assert len(err) == 3
    assert "empty.txt: the release is empty" in err[0]
    assert "more.jsonl, line 2: is not JSON" in err[1]
    assert err[2] == f"eventrisk: scored 2 of 4 releases, 2 could not be read: {out} (4 rows)"


def test_long_tables_stand_beside_the_scores(model: StandIn, release: Path, tmp_path: Path) -> None:
    out = tmp_path / "s.csv"
    assert run("score", release, "--out", out, "--table", "votes", "--table", "entities") == 0
    assert sorted(path.name for path in tmp_path.glob("s*.csv")) == [
        "s.csv",
        "s_entities.csv",
        "s_votes.csv",
    ]
    assert (tmp_path / "s_votes.csv").read_text().startswith("doc_id,release_date,company_name,")


def test_json_lines_and_parquet_are_chosen_by_the_ending(
    model: StandIn, release: Path, tmp_path: Path
) -> None:
    assert run("score", release, "--out", tmp_path / "s.jsonl") == 0
    assert json.loads((tmp_path / "s.jsonl").read_text())["doc_id"] == release.as_posix()
    assert run("score", release, "--out", tmp_path / "s.parquet") == 0
    assert (tmp_path / "s.parquet").read_bytes()[:4] == b"PAR1"


def test_the_table_of_an_earlier_run_is_not_read_as_a_release(
    model: StandIn, release: Path, tmp_path: Path
) -> None:
    out = tmp_path / "s.jsonl"
    assert run("score", tmp_path, "--out", out) == 0
    assert run("score", tmp_path, "--out", out) == 0
    assert len(out.read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere: there is no such file or folder"),
        (["news.txt", "--out", "scores.xlsx"], "written as .csv, .jsonl or .parquet"),
        (["news.txt", "--table", "vote"], "there is no table 'vote'; choose one of"),
        (["news.txt", "--out", "s.jsonl", "--table", "votes"], "leave out --table"),
        (["news.txt", "--out", "gone/s.csv"], "the folder"),
    ],
)
def test_wrong_usage_is_one_line_and_writes_nothing(
    model: StandIn,
    release: Path,
    arguments: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(release.parent)
    assert run("score", *arguments) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert [path.name for path in release.parent.iterdir()] == ["news.txt"]


def test_help_names_verbs_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    out = capsys.readouterr().out
    assert "analyze" in out
    assert "score" in out
    assert "Exit codes" in out


def test_help_loads_no_engine() -> None:
    script = (
        "import sys\nfrom eventrisk.cli import main\ntry: main(['--version'])\nexcept "
        "SystemExit: pass\n"
        "print([m for m in ('spacy', 'sklearn', 'numpy', 'pandas', 'eventrisk.api') if m in "
        "sys.modules])"
    )
    out = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert out.splitlines()[-1] == "[]"


PIPED = """
import sys
sys.path.insert(0, {tests!r})
import types, eventrisk
from factories import StandIn
api = types.SimpleNamespace(load=lambda name, **given: StandIn())
sys.modules["eventrisk.api"] = eventrisk.api = api
from eventrisk.cli import main
main(["analyze", *[{release!r}] * 5000, "--format", {form!r}])
"""


@pytest.mark.parametrize("form", ["json", "csv", "text"])
def test_a_reader_that_stops_reading_ends_the_program_quietly(release: Path, form: str) -> None:
    script = PIPED.format(
        tests=str(Path(__file__).parents[1] / "support"), release=str(release), form=form
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(timeout=60)
