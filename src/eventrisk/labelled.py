"""Labelled releases as frozen records, and their plain form: one JSON object a release
(``data/schema.json``).

A key that is missing or null means *not labelled*: a set may carry sentiment alone. Labels are
taken as they are written, so that custom labels are as good as ours; ``check`` says whether one is
misspelt. A *key* close to one of ours but spelt otherwise is refused, since
it would silently be no label at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar

from eventrisk.errors import DataError
from eventrisk.heads import KEYS_OF

Value = TypeVar("Value")
CRLF = re.compile(r"\r\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled entity; half-open offsets into the release's text."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of risk language and the categories it names; half-open offsets into the release's
    text.
    """

    start: int
    end: int
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One release with its labels; None stands for *not labelled*, an empty tuple for *labelled,
    and the release has none*.

    ``risk_factors`` are the categories of the whole release, for sets that do not say which clause
    names them. ``relevance`` is ``yes`` for regulatory or clinical news about a medicine, else
    ``no``. ``split`` is ``train``, ``dev`` or ``test`` where the set comes divided. ``extra``
    keeps keys that are not ours.
    """

    id: str
    text: str
    date: str | None = None
    form: str | None = None
    company: str | None = None
    split: str | None = None
    entities: tuple[Span, ...] | None = None
    sentiment: str | None = None
    tone: str | None = None
    risk_clauses: tuple[Clause, ...] | None = None
    risk_factors: tuple[str, ...] | None = None
    events: tuple[dict[str, Any], ...] | None = None
    votes: tuple[dict[str, Any], ...] | None = None
    catalysts: tuple[dict[str, Any], ...] | None = None
    relevance: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def risks(self) -> frozenset[str] | None:
        """The categories that the release names anywhere, if they are labelled, by clause or as a
        whole.
        """
        if self.risk_clauses is None and self.risk_factors is None:
            return None
        named = (category for clause in self.risk_clauses or () for category in clause.categories)
        return frozenset(named) | frozenset(self.risk_factors or ())


class Placed(NamedTuple):
    """A record and where it stands: ``file`` as it was named, ``line`` from 1 (None where a format
    has no lines).

    Where several people labelled one text, each has a record of it: ``annotator`` is the name a
    tool gives who labelled, ``time`` when, in seconds since 1970. ``note`` is what a reader made of
    the record and a person should know.
    """

    record: Labelled
    file: str
    line: int | None
    annotator: str | None = None
    time: float | None = None
    note: str | None = None

    @property
    def where(self) -> str:
        """The place as messages name it."""
        return self.file if self.line is None else f"{self.file}, line {self.line}"


KEYS = tuple(f.name for f in fields(Labelled) if f.name != "extra")
# those that are labels, in the same order
LABEL_KEYS = tuple(key for key in KEYS if any(key in keys for keys in KEYS_OF.values()))
ALIAS = "risks"  # what our own corpus calls the categories of the whole release


def parse_record(data: Any, where: str, default_id: str = "record") -> Labelled:
    """One record from plain values; ``where`` begins every message, ``default_id`` serves where
    the record has no id. Raises DataError for a record without text, misspelt keys, values of a
    wrong type and offsets outside the text.
    """
    if not isinstance(data, dict):
        raise DataError(f"{where}: a record is a JSON object, not {type(data).__name__}")
    _refuse_misspelt(data, where)
    text = data.get("text")
    if not isinstance(text, str) or not text.strip():
        raise DataError(f"{where}: text: a string with words in it is needed")
    readers: dict[str, Callable[[Any], Any]] = {
        **dict.fromkeys(("form", "company", "split", "sentiment", "tone", "relevance"), _string),
        "date": _day,
        **dict.fromkeys(("events", "votes", "catalysts"), _objects),
        "entities": lambda v: tuple(_span(s, text) for s in _list(v)),
        "risk_clauses": lambda v: tuple(_clause(c, text) for c in _list(v)),
        "risk_factors": lambda v: tuple(_string(c) for c in _list(v)),
    }
    values = {key: _labelled_value(data, key, where, read) for key, read in readers.items()}
    if values["risk_factors"] is None:
        values["risk_factors"] = _labelled_value(data, ALIAS, where, readers["risk_factors"])
    extra = {key: value for key, value in data.items() if key not in (*KEYS, ALIAS)}
    return Labelled(
        id=str(data["id"]) if data.get("id") is not None else default_id,
        text=text,
        extra=extra,
        **values,
    )


def to_plain(record: Labelled) -> dict[str, Any]:
    """The inverse of ``parse_record``: keys in their order, those not labelled left out, further
    keys (``extra``) at the end.
    """
    plain: dict[str, Any] = {
        key: getattr(record, key) for key in KEYS if getattr(record, key) is not None
    }
    for key, rows in (("entities", record.entities), ("risk_clauses", record.risk_clauses)):
        if rows is not None:
            plain[key] = [_row(row) for row in rows]
    for key in ("risk_factors", "events", "votes", "catalysts"):
        if key in plain:
            plain[key] = list(plain[key])
    return {**plain, **record.extra}


def from_single_breaks(text: str) -> Callable[[int], int]:
    """From an offset that counts each CRLF of the text as one character, as browsers do, to the
    offset in the text itself.
    """
    breaks = [match.start() - number for number, match in enumerate(CRLF.finditer(text))]
    return lambda offset: offset + bisect_left(breaks, offset)


def _row(row: Span | Clause) -> list[Any]:
    return [row.start, row.end, row.label if isinstance(row, Span) else list(row.categories)]


def _refuse_misspelt(data: dict[str, Any], where: str) -> None:
    for key in data:
        near = get_close_matches(str(key), KEYS, n=1, cutoff=0.85) if key not in KEYS else []
        if near and near[0] not in data:
            raise DataError(f"{where}: the key {key!r} is not known; did you mean {near[0]!r}?")


def _labelled_value(
    data: dict[str, Any], key: str, where: str, read: Callable[[Any], Value]
) -> Value | None:
    """The value of a key through ``read``, None where it is not labelled."""
    if data.get(key) is None:
        return None
    try:
        return read(data[key])
    except (ValueError, TypeError) as error:
        raise DataError(f"{where}: {key}: {error}") from error


def _string(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"a string with words in it is needed, not {value!r}")
    return value


def _day(value: Any) -> str | None:
    """A day as text: a ``date``, ``datetime`` or ``Timestamp`` in ISO form, ``20080227`` as it is
    written. NaN and NaT stand for an empty cell.
    """
    if value != value:  # true of NaN and NaT alone
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if type(value) is int else _string(value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"a list is needed, not {value!r}")
    return value


def _objects(value: Any) -> tuple[dict[str, Any], ...]:
    items = _list(value)
    if not all(isinstance(item, dict) for item in items):
        raise TypeError("a list of objects is needed")
    return tuple(items)


def _span(value: Any, text: str) -> Span:
    start, end, label = _triple(value, text)
    return Span(start, end, _string(label))


def _clause(value: Any, text: str) -> Clause:
    start, end, categories = _triple(value, text)
    if not _list(categories):
        raise ValueError(f"{value}: no category: give one or more of the risk categories")
    return Clause(start, end, tuple(_string(c) for c in categories))


def _triple(value: Any, text: str) -> tuple[int, int, Any]:
    if not isinstance(value, list) or len(value) != 3 or not all(type(v) is int for v in value[:2]):
        raise ValueError(f"{value!r} is not [start, end, label]")
    start, end, label = value
    if start >= end:
        raise ValueError(f"{value}: start must be before end")
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{value}: the offsets do not lie in the text of {len(text)} characters")
    return start, end, label
