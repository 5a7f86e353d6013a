"""Who takes or gives an array says in the docstring which shape it has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "eventrisk"
FOLDERS = ("learn", "nlp/crf")
SHAPE = re.compile(r"``\((?=[^`]*,)(?:[^`]+, )?n_[a-z_]+[^`]*\)``")
ARRAYS = r"NDArray|ndarray|csr_matrix|spmatrix"
ROWS = r"(?:Sequence|Iterable|Iterator|list)\[Features\]"  # one entry a text
# what scipy and scikit-learn give has no type of its own
UNTYPED = {"X", "y", "matrix", "scores", "proba", "point", "values", "transitions"}


class Asked(NamedTuple):
    """A function or class that has to name a shape, and its docstring on one line."""

    name: str
    docstring: str


def trees() -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted((SOURCE / folder).rglob("*.py")):
            yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def aliases() -> set[str]:
    """Names that stand for a type of array: ``Array = NDArray[np.float64]``."""
    return {
        ast.unparse(node.targets[0])
        for _, tree in trees()
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("NDArray[")
    }


ARRAY = re.compile(rf"\b(?:{ARRAYS}|{ROWS}|{'|'.join(sorted(aliases()))})(?!\w)")


def is_array(name: str, annotation: ast.expr | None) -> bool:
    stated = ast.unparse(annotation) if annotation is not None else ""
    return bool(ARRAY.search(stated)) or (name in UNTYPED and stated == "Any")


def has_arrays(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Whether a function takes or gives an array, or a class declares one as a field."""
    if isinstance(node, ast.ClassDef):
        fields = [field for field in node.body if isinstance(field, ast.AnnAssign)]
        return any(is_array(ast.unparse(field.target), field.annotation) for field in fields)
    given = [(arg.arg, arg.annotation) for arg in (*node.args.args, *node.args.kwonlyargs)]
    return any(is_array(name, stated) for name, stated in (*given, ("return", node.returns)))


def asked(source: str, file: str) -> list[Asked]:
    """All that is public or has a docstring; what stands in a function is its own affair."""
    found: list[Asked] = []

    def visit(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            said = " ".join((ast.get_docstring(node) or "").split())
            public = not node.name.startswith("_") or node.name == "__call__"
            if has_arrays(node) and (public or said):
                found.append(Asked(f"{file}:{prefix}{node.name}", said))
            if isinstance(node, ast.ClassDef):
                visit(node.body, f"{prefix}{node.name}.")

    visit(ast.parse(source).body, "")
    return found


ASKED = [
    one for file, _ in trees() for one in asked((SOURCE / file).read_text(encoding="utf-8"), file)
]


def test_what_takes_or_gives_arrays_names_their_shapes() -> None:
    assert [one.name for one in ASKED if not SHAPE.search(one.docstring)] == []


def test_the_walk_sees_functions_methods_and_classes_of_all_folders() -> None:
    names = {one.name for one in ASKED}
    assert {
        "learn/calibrate.py:Sigmoid",
        "learn/calibrate.py:Sigmoid.__call__",
        "learn/calibrate.py:fit_sigmoid",
        "learn/evaluate/intervals.py:f1",
        "learn/fit/offset.py:fit_with_offset",
        "learn/estimators/classes.py:CalibratedLinear.fit",
        "nlp/crf/chain.py:viterbi",
    } <= names


@pytest.mark.parametrize(
    ("words", "names_a_shape"),
    [
        ("Scores ``(n_texts, n_classes)``.", True),
        ("One a text, ``(n_texts,)``.", True),
        ("Counts ``(…, n_labels, 3)``.", True),
        ("Both models ``(2, n_labels)``, padded ``(n_tokens + 1, 4)``.", True),
        ("A number in brackets: ``(n_texts)``.", False),
        ("Scores, one row a text.", False),
        ("The call ``f(n_texts)``.", False),
        ("In brackets (n_texts, n_classes) but no code.", False),
    ],
)
def test_what_counts_as_a_shape(words: str, names_a_shape: bool) -> None:
    assert bool(SHAPE.search(words)) is names_a_shape


def test_a_function_without_a_shape_is_seen() -> None:
    source = """
def told(scores: NDArray[np.float64]) -> float:
    \"\"\"The mean of scores ``(n_texts,)``.\"\"\"

def untold(rows: Sequence[Features]) -> float:
    \"\"\"The mean of rows.\"\"\"

def plain(rows: Sequence[str]) -> int:
    \"\"\"How many there are.\"\"\"

def _own(scores: Array) -> float:
    return scores.mean()
"""
    seen = {one.name: bool(SHAPE.search(one.docstring)) for one in asked(source, "x.py")}
    assert seen == {"x.py:told": True, "x.py:untold": False}
