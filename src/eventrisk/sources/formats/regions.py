"""Label Studio's regions of text, and how they become spans."""

from __future__ import annotations

from typing import Any

from eventrisk.labelled import Span


def is_region(value: Any) -> bool:
    """Whether this is the value of a region of text."""
    return isinstance(value, dict) and bool(_labels(value))


def spans(value: dict[str, Any], text: str) -> list[list[Any]]:
    """A region as ``[start, end, label]``, one for each of its labels. Raises ValueError.

    Offsets count characters. Exports of before 2022 count UTF-16 units instead, of which an emoji
    has two; the region's own words tell which it is.
    """
    place = value["globalOffsets"] if isinstance(value.get("globalOffsets"), dict) else value
    start, end, words = place.get("start"), place.get("end"), value.get("text")
    if type(start) is not int or type(end) is not int:
        raise ValueError(
            f"region {_labels(value)}: start and end are whole numbers, not {start!r} and {end!r}"
        )
    if isinstance(words, str) and 0 <= start < end and not _same(text[start:end], words):
        moved = _from_utf16(text, start), _from_utf16(text, end)
        if not _same(text[slice(*moved)], words):
            raise ValueError(
                f"region {_labels(value)}: [{start}, {end}] is {text[start:end]!r}, but its "
                f"text says {words!r}"
            )
        start, end = moved
    return [[start, end, label] for label in _labels(value)]


def _labels(value: dict[str, Any]) -> list[Any]:
    found: Any = next((value[key] for key in ("labels", "hypertextlabels") if value.get(key)), [])
    return found if isinstance(found, list) else [found]


def _same(found: str, words: str) -> bool:
    """Whether these are the same words; the tool keeps some line breaks as backslash and n, and
    joins blanks.
    """
    return found == words or "".join(found.split()) == "".join(words.replace("\\n", " ").split())


def _from_utf16(text: str, units: int) -> int:
    return len(
        text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "replace")
    )


def region(span: Span, text: str, number: int) -> dict[str, Any]:
    """A span as a region of the control ``label``."""
    value = {
        "start": span.start,
        "end": span.end,
        "text": text[span.start : span.end],
        "labels": [span.label],
    }
    return {
        "id": f"r{number}",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": value,
    }


def choice(control: str, labels: list[str]) -> dict[str, Any]:
    """What was chosen at a control."""
    return {
        "from_name": control,
        "to_name": "text",
        "type": "choices",
        "value": {"choices": labels},
    }
