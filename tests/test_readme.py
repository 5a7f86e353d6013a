"""What the README prints, runs; what it names, exists."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import eventrisk
from documented import ROOT, blocks, shell, written
from eventrisk.export import columns
from eventrisk.export.columns import LONG

PACKAGE = ROOT / "src" / "eventrisk"
README = (ROOT / "README.md").read_text(encoding="utf-8")


BLOCKS, SLOW = blocks(README, "tested"), blocks(README, "tested: slow")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the repository's data in reach."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_block_of_python_and_bash_is_marked_as_tested() -> None:
    for kind, least in (("python", 2), ("bash", 1)):
        there = written(README, kind)
        assert len(BLOCKS[kind]) == there - len(SLOW[kind]) >= least


def test_the_python_blocks_run_one_after_the_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {}
    for block in BLOCKS["python"]:
        exec(compile(block, "README.md", "exec"), names)
    out = capsys.readouterr().out
    assert out.startswith("2024-10-17 complete_response negative ")
    assert "8 rows\n" in out
    assert "\ncorbenafil: 2 votes, 1 planned\n" in out
    assert (folder / "scores.csv").read_text(encoding="utf-8").count("data/examples/") == 8


@pytest.mark.parametrize("block", BLOCKS["bash"])
def test_the_shell_blocks_run(folder: Path, block: str) -> None:
    out = shell(block)
    assert out.returncode == 0, out.stderr
    assert "scored 8 of 8 releases: scores.csv (8 rows)" in out.stderr
    assert "Traceback" not in out.stderr


@pytest.mark.slow
def test_the_blocks_that_train_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for block in SLOW["python"]:
        exec(compile(block, "README.md", "exec"), {"eventrisk": eventrisk})
    assert capsys.readouterr().out.startswith("{'bearish': 0.")
    for block in SLOW["bash"]:
        out = shell(block)
        assert out.returncode == 0, out.stderr
        assert "saved mine-0.2; its card is mine-0.2/CARD.md" in out.stderr
    assert {"tasks.json", "tasks.xml", "labelled.jsonl"} <= {path.name for path in folder.iterdir()}


def test_the_bars_have_a_place() -> None:
    bars = README.split("<!-- bars:start -->")[1].split("<!-- bars:end -->")[0]
    rows = [line for line in bars.strip().splitlines() if line.startswith("| ")][1:]
    assert len(rows) == 3
    scripts = re.findall(r"python -m (scripts\.benchmarks\.\w+)", bars)
    assert len(scripts) == 3
    assert all((ROOT / f"{name.replace('.', '/')}.py").is_file() for name in scripts)


COLUMNS = (ROOT / "docs" / "columns.md").read_text(encoding="utf-8")


def test_the_columns_of_scores_are_listed_in_their_order() -> None:
    table = COLUMNS.split("## `scores`")[1].split("\n## ")[0]
    listed = [
        name
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    ]
    assert listed == [column.name for column in columns()]
    assert "](docs/columns.md)" in README


@pytest.mark.parametrize("table", LONG)
def test_the_columns_of_the_long_tables_are_listed_in_their_order(table: str) -> None:
    part = COLUMNS.split("## The long tables")[1]
    first = part.split("needed: ")[1].split(". (")[0]
    row = next(line for line in part.splitlines() if line.startswith(f"| `{table}`"))
    listed = re.findall(r"`(\w+)`", first) + re.findall(r"`(\w+)`", row)[1:]
    assert listed == [column.name for column in columns(table)]


def test_the_picture_is_one_file_that_fetches_nothing_and_shows_the_letter() -> None:
    picture = (ROOT / "docs" / "card.svg").read_text(encoding="utf-8")
    words = " ".join(ElementTree.fromstring(picture).itertext()).replace("\xa0", " ")
    assert "Complete response" in words
    assert "TRELUMA" in words
    assert not re.search(r"url\(['\"]?https?:|<image|href", picture)


MAP = README.split("## One door a question")[1].split("```text")[0]


def test_every_file_named_exists() -> None:
    inside, beside = MAP.split("Beside the package")
    doors = [
        door
        for row in inside.splitlines()
        if row.startswith("| ") and "door (under" not in row
        for door in re.findall(r"`([\w./]+(?:/|\.py))`", row.split("|")[2])
    ]
    named = re.findall(r"`((?:data|notebooks|scripts)/[\w./]*)`", beside)
    linked = re.findall(r"\]\(([\w./]+)\)", README)
    assert len(doors) > 25
    missing = [name for name in doors if not (PACKAGE / name).exists()]
    assert [name for name in missing if not (PACKAGE / "training" / name).exists()] == []
    assert [name for name in [*named, *linked] if not (ROOT / name).exists()] == []


def test_every_part_of_the_package_has_a_door() -> None:
    parts = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    ground = {"__init__.py", "__main__.py", "__pycache__", "models"}
    records = {
        *("reading.py", "placement.py", "labelled.py", "stopping.py", "heads.py"),
        *("records.py", "news.py", "rewrite.py", "f1.py"),
    }
    named = set(re.findall(r"`([a-z_]+)(?:/|\.py)", MAP))
    unnamed = {part.removesuffix(".py") for part in parts - ground - records} - named
    assert unnamed == set()


def test_the_paths_of_contributing_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|tests|data|scripts|models|docs)/[\w./]*)`", text)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []
