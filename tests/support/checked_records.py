"""Records for the tests of checking: labels are looked up in the text, so that they are what they
say.
"""

from __future__ import annotations

from typing import Any

from eventrisk.checking import Problem, find_problems
from eventrisk.labelled import Labelled, Placed, parse_record

TEXT = (
    "Norvena said the FDA cleared Pluxelor (NRV-201) for adults with chronic wet cough after the "
    "trial of last year."
)


def record(text: str = TEXT, *, id: str = "a", **keys: Any) -> Labelled:
    return parse_record({"id": id, "text": text, **keys}, "x.jsonl, line 1")


def placed(*records: Labelled) -> list[Placed]:
    return [Placed(one, "x.jsonl", number) for number, one in enumerate(records, 1)]


def problems(*records: Labelled) -> list[Problem]:
    """Without those of heads with few examples, which small tests always have."""
    few = ("few examples", "single class", "own labels", "no label", "nothing to learn")
    return [p for p in find_problems(placed(*records)) if p.kind not in few]


def kinds(*records: Labelled) -> list[str]:
    return [p.kind for p in problems(*records)]


def entity(words: str, label: str = "drug", text: str = TEXT) -> list[Any]:
    start = text.index(words)
    return [start, start + len(words), label]
