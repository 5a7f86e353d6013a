"""Label Studio's regions of text, and how they become spans."""

from __future__ import annotations

from typing import Any, NamedTuple

from eventrisk.labelled import Span, from_single_breaks


def is_region(value: Any) -> bool:
    """Whether this is the value of a region of text."""
    return isinstance(value, dict) and bool(_labels(value))


class Region(NamedTuple):
    """A region as ``[start, end, label]``, one for each of its labels; ``shifted`` says that its
    offsets counted each CRLF as one character, and were moved.
    """

    rows: list[list[Any]]
    shifted: bool


def region_of(value: dict[str, Any], text: str) -> Region:
    """A region read. Raises ValueError.

    Offsets count characters. Exports of before 2022 count UTF-16 units instead, of which an emoji
    has two, and a browser counts one for a CRLF; the region's own words tell which it is.
    """
    place = value["globalOffsets"] if isinstance(value.get("globalOffsets"), dict) else value
    start, end, words = place.get("start"), place.get("end"), value.get("text")
    if type(start) is not int or type(end) is not int:
        raise ValueError(
            f"region {_labels(value)}: start and end are whole numbers, not {start!r} and {end!r}"
        )
    shifted = False
    if isinstance(words, str) and 0 <= start < end and not _same(text[start:end], words):
        places = _places(text, start, end)
        fits = [pair for pair in places if _same(text[slice(*pair)], words)]
        if not fits:
            raise ValueError(
                f"region {_labels(value)}: [{start}, {end}] is {text[start:end]!r}, but its "
                f"text says {words!r}"
            )
        shifted = fits[0] != places[0]
        start, end = fits[0]
    return Region([[start, end, label] for label in _labels(value)], shifted)


def _places(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a region can be meant: by UTF-16 units, by CRLF as one character, or by both."""
    broken, single = from_single_breaks(text), text.replace("\r\n", "\n")
    units = [_from_utf16(single, at) for at in (start, end)]
    return [
        (_from_utf16(text, start), _from_utf16(text, end)),
        (broken(start), broken(end)),
        (broken(units[0]), broken(units[1])),
    ]


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
