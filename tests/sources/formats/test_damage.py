"""Whatever a file holds, reading it gives records and DataErrors that name the file, and never
another exception.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventrisk.errors import DataError
from eventrisk.labelled import Clause, Labelled, Span
from eventrisk.training.data import FORMATS, entries

HELD = [
    Labelled(
        "a",
        'Velorin, "x"\nmay fail.',
        entities=(Span(0, 7, "drug"),),
        sentiment="bad",
        risk_factors=("a", "b"),
    ),
    Labelled(
        "b",
        "Zweiter Text: café 🙂",
        tone="x",
        risk_clauses=(Clause(0, 7, ("y",)),),
        extra={"n": [1]},
    ),
    Labelled("c", "Third", entities=(), events=({"type": "z"},)),
]
KEYS = st.sampled_from(
    [
        "text",
        "spans",
        "label",
        "labels",
        "entities",
        "cats",
        "accept",
        "options",
        "meta",
        "eventrisk",
        "id",
        "answer",
        "data",
        "annotations",
        "result",
        "value",
        "start",
        "end",
        "type",
        "choices",
        "from_name",
        "sentiment",
        "extra",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A good file of every format."""
    path = tmp_path_factory.mktemp("good") / "x"
    files = {}
    for name, form in FORMATS.items():
        form.write(HELD, path)
        files[name] = path.read_bytes()
    return files


def errors(path: Path, name: str) -> list[str]:
    return [str(entry) for entry in entries(path, name) if isinstance(entry, DataError)]


@pytest.mark.parametrize("name", FORMATS)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damaged_bytes_are_errors_of_the_file(
    name: str, data: st.DataObject, written: dict[str, bytes], tmp_path: Path
) -> None:
    good = written[name]
    at = data.draw(st.integers(0, len(good)))
    instead = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"\x00", b"\xff", b'"', b"\n", b"\\", b"[", b"{"])
    )
    path = tmp_path / "x"
    path.write_bytes(
        good[:at] + instead + good[data.draw(st.sampled_from([at, at + len(instead), len(good)])) :]
    )
    assert all(str(path) in error for error in errors(path, name))


@pytest.mark.parametrize("name", ["jsonl", "prodigy", "doccano", "label_studio"])
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.dictionaries(KEYS, JSON, max_size=5) | JSON, max_size=3))
def test_json_of_any_shape_is_a_record_or_an_error_of_its_line(
    name: str, rows: list[object], tmp_path: Path
) -> None:
    path = tmp_path / "x"
    lines = (
        ",\n".join(map(json.dumps, rows))
        if name == "label_studio"
        else "\n".join(map(json.dumps, rows))
    )
    path.write_text(f"[{lines}]" if name == "label_studio" else lines, encoding="utf-8")
    assert all(error.startswith(f"{path}, line ") for error in errors(path, name))
