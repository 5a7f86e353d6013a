"""The exports that the other tests read are still what the tools write: same keys, same words; only
numbers, names of files and times may differ. ``KEEP_EXPORTS=1`` writes them anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from doccano_server import BOTH, CLASSES, SPANS, Doccano
from eventrisk.training.convert import convert
from label_studio_server import LabelStudio
from tool_environments import ROOT
from tool_records import EXPORTS, KEPT, REVIEWED, classes_alone, spans_alone

pytestmark = [pytest.mark.tools, pytest.mark.timeout(1800)]
CHANGING = [  # what differs from run to run
    (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+(?:\.json)?", "FILE"),
    (r"[0-9a-f]{8}-\w+\.json", "FILE"),
    (
        r'"(id|task|project|completed_by|updated_by|annotator|annotation_id|inner_id)": ?"?\d+"?',
        r'"\1":N',
    ),
    (r"(?m)^\d+", "N"),
    (r'(?m)^"?\d+"?([,\t])"?\d+"?', r"N\1N"),
    (r'([,\t])"?\d+"?(?=[,\t]")', r"\1N"),
]


def same(path: Path, tool: str, name: str) -> None:
    """Compares an export with the one that is kept, or keeps it."""
    kept = ROOT / EXPORTS / tool / name
    if os.environ.get("KEEP_EXPORTS"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(path.read_bytes())
    assert masked(path) == masked(kept), name


def masked(path: Path) -> str:
    text = path.read_bytes().decode("utf-8")
    for pattern, sign in CHANGING:
        text = re.sub(pattern, sign, text)
    return text


def test_label_studios(studio: LabelStudio, tmp_path: Path) -> None:
    convert(KEPT, tmp_path / "tasks.json")
    made = studio.project((tmp_path / "tasks.xml").read_text(encoding="utf-8"))
    studio.load(made, tmp_path / "tasks.json")
    reviewed = next(task for task in studio.tasks(made) if task["data"]["id"] == REVIEWED.id)
    results = [
        {
            "id": "r1",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "origin": "manual",
            "value": {"start": 0, "end": 7, "text": "Norvena", "labels": ["company"]},
        },
        {
            "id": "r2",
            "from_name": "sentiment",
            "to_name": "text",
            "type": "choices",
            "origin": "manual",
            "value": {"choices": ["up"]},
        },
    ]
    studio.person("kept@example.org").annotate(reviewed["id"], results)
    for form in studio.formats(made):
        path = studio.export(made, tmp_path, form)
        same(path, "label_studio-1.23.2", path.name)


@pytest.mark.parametrize("kind", [SPANS, CLASSES, BOTH])
def test_doccanos(kind: str, dock: Doccano, tmp_path: Path) -> None:
    held = {SPANS: spans_alone(KEPT), CLASSES: classes_alone(KEPT), BOTH: KEPT}[kind]
    convert(held, tmp_path / "in.jsonl", to="doccano")
    made = dock.project(kind)
    assert dock.load(made, tmp_path / "in.jsonl") == []
    for example in dock.examples(made)[-2:]:
        dock.approve(made, example["id"])
    for form in dock.formats(made):
        for approved in (False, True) if form == "JSONL" else (False,):
            (path,) = dock.export(made, tmp_path / form, form, approved=approved)
            same(path, f"doccano-1.8.4/{kind}{'-approved' * approved}", path.name)


def test_doccanos_of_several_people(dock: Doccano, tmp_path: Path) -> None:
    convert(spans_alone(KEPT), tmp_path / "in.jsonl", to="doccano")
    made = dock.project(SPANS, shared=False)
    assert dock.load(made, tmp_path / "in.jsonl") == []
    people = {name: dock.person(name, made) for name in ("dora", "emil")}
    unseen = dock.examples(made)[-1]["id"]
    for name, end in (("dora", 9), ("emil", 13)):
        people[name].mark(made, unseen, 0, end, "drug")
    for path in dock.export(made, tmp_path / "out"):
        same(path, f"doccano-1.8.4/{SPANS}-of-each", path.name)
