"""Who may import whom: the table of the house, read off the source."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "eventrisk"
GROUND = {"labels", "errors", "results", "reading", "placement", "labelled", "stopping"}
KNOWLEDGE = {"lexicon", "lexicons", "dates", "patterns"}
DECISIONS = {"structure", "names", "votes", "events", "catalysts", "risk", "scoring", "export", "checking"}
ENGINES = {"nlp", "learn", "scale", "sources", "show"}
DOOR = {"__init__", "__main__", "cli"}
RANK = {
    **dict.fromkeys(GROUND, 0),
    **dict.fromkeys(KNOWLEDGE, 1),
    **dict.fromkeys(DECISIONS, 2),
    **dict.fromkeys(ENGINES, 3),
    "api": 4,
    "training": 4,
    **dict.fromkeys(DOOR, 5),
}
HEAVY = {
    "spacy": {"nlp"},
    "thinc": {"nlp"},
    "sklearn": {"learn"},
    "scipy": {"learn", "nlp"},
    "threadpoolctl": {"learn"},
    "skops": {"learn"},
    "numpy": {"learn", "nlp"},
    "joblib": {"scale", "learn"},
    "rich": {"show", "cli"},
    "typer": {"cli"},
    "pandas": {"export"},
    "pyarrow": {"export", "sources"},
}
# A notebook asks the record itself for its HTML; the card is fetched at that moment, never at import.
ALLOWED = {("results", "show")}
FILES = sorted(SOURCE.rglob("*.py"))


def home(path: Path) -> str:
    """The top-level module or folder a file belongs to: ``nlp/cues.py`` → ``nlp``, ``votes.py`` → ``votes``."""
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The dotted names a file imports, wherever in it the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module == "eventrisk":
                names |= {f"eventrisk.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_file_imports_only_its_own_layer_part_and_those_below(path: Path) -> None:
    own = home(path)
    assert own in RANK, f"{own}: say in this test to which layer it belongs"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "eventrisk" or len(parts) < 2:
            continue
        other = parts[1]
        if other == own or other not in RANK or (own, other) in ALLOWED:
            continue
        lower = RANK[other] < RANK[own]
        peers = RANK[other] == RANK[own] and own not in ENGINES
        assert lower or peers, f"{path.name} ({own}) imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_heavy_dependency_is_known_in_its_folder_only(path: Path) -> None:
    for name in imports(path):
        package = name.split(".")[0]
        if package in HEAVY:
            assert home(path) in HEAVY[package], f"{path.name} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_functions_stay_small(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, f"{node.name} is too long"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_there_is_no_drawer_for_odds_and_ends(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "base", "manager", "misc"}


def test_import_loads_neither_spacy_nor_scikit_learn() -> None:
    script = (
        "import sys, eventrisk; "
        "print([m for m in ('spacy', 'sklearn', 'numpy', 'rich', 'typer', 'pandas') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
