"""Reads labelled releases (JSON Lines, ``data/schema.json``) into frozen records. Standard library only.

A key that is missing or null means *not labelled*: a set may carry sentiment alone. A key close to one of ours but
spelt otherwise is refused, since it would silently be no label at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from eventrisk.errors import DataError
from eventrisk.labels import Direction, EntityLabel, RiskCategory

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled entity; half-open offsets into the release's text."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of risk language and the categories it names; half-open offsets into the release's text."""

    start: int
    end: int
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One release with its labels; None stands for *not labelled*, an empty tuple for *labelled, none there*."""

    id: str
    text: str
    date: str | None = None
    form: str | None = None
    company: str | None = None
    entities: tuple[Span, ...] | None = None
    sentiment: str | None = None
    tone: str | None = None
    risk_clauses: tuple[Clause, ...] | None = None
    events: tuple[dict[str, Any], ...] | None = None
    votes: tuple[dict[str, Any], ...] | None = None
    catalysts: tuple[dict[str, Any], ...] | None = None

    @property
    def risks(self) -> frozenset[str] | None:
        """The categories that the release names anywhere, if its clauses are labelled."""
        if self.risk_clauses is None:
            return None
        return frozenset(category for clause in self.risk_clauses for category in clause.categories)


KEYS = tuple(f.name for f in fields(Labelled))


def read_jsonl(path: Path) -> list[Labelled]:
    """All records of a file, in order. Raises DataError that names file, line and key."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    records = list(parse_jsonl(text, path.name))
    if not records:
        raise DataError(f"{path}: holds no record; each line is one JSON object with at least a text")
    return records


def parse_jsonl(text: str, name: str) -> Iterator[Labelled]:
    """The records of a JSON Lines text. Raises DataError at the first that does not fit, and for ids given twice."""
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            data = json.loads(line)
        except json.JSONDecodeError as error:
            raise DataError(f"{where}: no JSON: {error.msg} at column {error.colno}") from error
        record = parse_record(data, where, default_id=f"{name}-{number}")
        if (first := seen.setdefault(record.id, number)) != number:
            raise DataError(f"{where}: the id {record.id!r} was used in line {first}; ids must differ")
        yield record


def parse_record(data: Any, where: str, default_id: str = "record") -> Labelled:
    """One record from plain values; ``where`` begins every message. Raises DataError."""
    if not isinstance(data, dict):
        raise DataError(f"{where}: a record is a JSON object, not {type(data).__name__}")
    _refuse_misspelt(data, where)
    text = data.get("text")
    if not isinstance(text, str) or not text.strip():
        raise DataError(f"{where}: text: a string with words in it is needed")
    return Labelled(
        id=str(data.get("id", default_id)),
        text=text,
        date=_known(data, "date", where, _string),
        form=_known(data, "form", where, _string),
        company=_known(data, "company", where, _string),
        entities=_known(data, "entities", where, lambda v: tuple(_span(s, text) for s in _list(v))),
        sentiment=_known(data, "sentiment", where, _direction),
        tone=_known(data, "tone", where, _direction),
        risk_clauses=_known(data, "risk_clauses", where, lambda v: tuple(_clause(c, text) for c in _list(v))),
        events=_known(data, "events", where, _objects),
        votes=_known(data, "votes", where, _objects),
        catalysts=_known(data, "catalysts", where, _objects),
    )


def _refuse_misspelt(data: dict[str, Any], where: str) -> None:
    for key in data:
        near = get_close_matches(key, KEYS, n=1, cutoff=0.85) if key not in KEYS else []
        if near:
            raise DataError(f"{where}: the key {key!r} is not known; did you mean {near[0]!r}?")


def _known(data: dict[str, Any], key: str, where: str, read: Callable[[Any], Value]) -> Value | None:
    """The value of a key through ``read``, None where it is not labelled."""
    if data.get(key) is None:
        return None
    try:
        return read(data[key])
    except (ValueError, TypeError) as error:
        raise DataError(f"{where}: {key}: {error}") from error


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a string is needed, not {value!r}")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"a list is needed, not {value!r}")
    return value


def _objects(value: Any) -> tuple[dict[str, Any], ...]:
    items = _list(value)
    if not all(isinstance(item, dict) for item in items):
        raise TypeError("a list of objects is needed")
    return tuple(items)


def _direction(value: Any) -> str:
    if value not in list(Direction):
        raise ValueError(f"{value!r} is none of {', '.join(Direction)}")
    return str(value)


def _span(value: Any, text: str) -> Span:
    start, end, label = _triple(value, text)
    if label not in list(EntityLabel):
        raise ValueError(f"{value}: {label!r} is no entity label")
    return Span(start, end, str(label))


def _clause(value: Any, text: str) -> Clause:
    start, end, categories = _triple(value, text)
    unknown = sorted(str(c) for c in _list(categories) if c not in list(RiskCategory))
    if unknown or not categories:
        raise ValueError(f"{value}: {', '.join(unknown) or 'no category'}: give one or more of the risk categories")
    return Clause(start, end, tuple(categories))


def _triple(value: Any, text: str) -> tuple[int, int, Any]:
    if not isinstance(value, list) or len(value) != 3 or not all(type(v) is int for v in value[:2]):
        raise ValueError(f"{value!r} is not [start, end, label]")
    start, end, label = value
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{value}: the offsets do not lie in the text of {len(text)} characters")
    return start, end, label
