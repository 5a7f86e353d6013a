"""Who may import whom: the table of the house, read off the source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from eventrisk.rules import rules

SOURCE = Path(__file__).parents[2] / "src" / "eventrisk"
GROUND = {
    "labels",
    "errors",
    "results",
    "news",
    "records",
    "reading",
    "placement",
    "labelled",
    "stopping",
    "markup",
    "carriers",
    "rewrite",
    "heads",
    "f1",
}
KNOWLEDGE = {"lexicon", "lexicons", "rules", "dates"}
DECISIONS = {
    "structure",
    "names",
    "votes",
    "events",
    "catalysts",
    "links",
    "risk",
    "scoring",
    "voice",
    "export",
    "checking",
}
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
# A result shows and saves itself; what draws it is fetched at that moment, never at import.
ALLOWED = {("results", "show")}
FILES = sorted(SOURCE.rglob("*.py"))


def home(path: Path) -> str:
    """The top-level module or folder a file belongs to: ``nlp/cues.py`` → ``nlp``, ``votes.py`` →
    ``votes``.
    """
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


LARGEST_FOLDER = 20  # files
LONGEST_FILE = 300  # lines
MOST_BRANCHES = 16
LONGEST_BODY = 40  # lines of a function below its signature and docstring
SOURCES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of the source with its file and name."""
    for path, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(SOURCE)}: {node.name}", node


def test_every_part_of_the_source_has_a_layer() -> None:
    assert {home(path) for path in FILES} <= RANK.keys()


def test_every_layer_part_exists() -> None:
    assert {home(path) for path in FILES} >= RANK.keys() - {"scale"}


def test_a_file_imports_only_its_own_layer_part_and_those_below() -> None:
    wrong = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in FILES
        for name in imports(path)
        if name.startswith("eventrisk.") and not may_import(home(path), name.split(".")[1])
    ]
    assert wrong == []


def may_import(own: str, other: str) -> bool:
    """Whether one part may know another: those below, and its peers but for engines."""
    if other == own or other not in RANK or (own, other) in ALLOWED:
        return True
    return RANK[other] < RANK[own] or (RANK[other] == RANK[own] and own not in ENGINES)


def test_a_heavy_dependency_is_known_in_its_folder_only() -> None:
    wrong = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for path in FILES
        for name in imports(path)
        if home(path) not in HEAVY.get(name.split(".")[0], {home(path)})
    ]
    assert wrong == []


def test_nlp_is_for_what_needs_spacy_and_the_arithmetic_of_its_tagger() -> None:
    arithmetic = SOURCE / "nlp" / "crf"
    without = [
        str(path.relative_to(SOURCE))
        for path in (SOURCE / "nlp").rglob("*.py")
        if path.name != "__init__.py"
        and path.parent != arithmetic
        and not any(name.split(".")[0] == "spacy" for name in imports(path))
    ]
    assert without == []


def test_files_stay_small() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert [(str(path), n) for path, n in lines.items() if n > LONGEST_FILE] == []


def test_folders_stay_small() -> None:
    folders = Counter(path.parent for path in FILES)
    assert [(str(folder), n) for folder, n in folders.items() if n > LARGEST_FOLDER] == []


def test_functions_stay_small() -> None:
    def body(node: ast.FunctionDef) -> int:
        first = node.body[1:] if ast.get_docstring(node) else node.body
        return (node.end_lineno or 0) - first[0].lineno + 1 if first else 0

    assert [name for name, node in functions() if body(node) > LONGEST_BODY] == []


def branches(node: ast.AST) -> int:
    """Branches, loops, conditions and comprehensions of a function, one for the way through."""
    found = 1
    for part in ast.walk(node):
        if isinstance(part, ast.If | ast.For | ast.While | ast.IfExp | ast.ExceptHandler):
            found += 1
        elif isinstance(part, ast.comprehension):
            found += 1 + len(part.ifs)
        elif isinstance(part, ast.BoolOp):
            found += len(part.values) - 1
    return found


def test_functions_branch_little() -> None:
    counted = {name: branches(node) for name, node in functions()}
    assert {name: n for name, n in counted.items() if n > MOST_BRANCHES} == {}


def test_what_lies_in_nlp_needs_spacy_but_for_the_arithmetic_of_the_crf() -> None:
    pure = [
        str(path.relative_to(SOURCE))
        for path in FILES
        if home(path) == "nlp"
        and path.name != "__init__.py"
        and path.parent.name != "crf"
        and not {"spacy", "thinc"} & {name.split(".")[0] for name in imports(path)}
    ]
    assert pure == []


def test_no_code_asks_for_a_rule_by_its_id() -> None:
    ids = {
        rule.id
        for path in (SOURCE / "lexicons").rglob("*.toml")
        for rule in rules(str(path.relative_to(SOURCE / "lexicons")))
    }
    named = {
        f"{path.relative_to(SOURCE)}: {node.value}"
        for path, tree in SOURCES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in ids and {"-", "."} & set(node.value)
    }
    assert len(ids) > 400
    assert named == set()


def test_lines_are_formatted_without_exceptions() -> None:
    skipped = [
        str(path)
        for folder in ("src", "tests", "scripts")
        for path in (SOURCE.parents[1] / folder).rglob("*.py")
        if re.search(r"# fmt: (skip|off)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert skipped == []


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "helpers", "common", "base", "manager", "misc"}
    assert [str(path) for path in FILES if path.stem in drawers] == []


def test_import_loads_neither_spacy_nor_scikit_learn() -> None:
    script = (
        "import sys, eventrisk; "
        "print([m for m in ('spacy', 'sklearn', 'numpy', 'rich', 'typer', 'pandas') if m in "
        "sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
