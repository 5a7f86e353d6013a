"""What the keys and columns of unlabelled records are called here: ``text``, ``title``, ``date``
and ``id``; every other one keeps its name and travels along.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from eventrisk.errors import DataError
from eventrisk.sources.formats import Columns

OURS = ("text", "title", "date", "id")
ALIASES = {"doc_id": "id"}
KEPT = "meta_"  # before a name of ours that another column was given
LIKELY = ("body", "content", "article", "story", "release", "headline", "full_text", "message")
MISSING = ("NAType", "NaTType")  # how pandas says that there is nothing
NEAR = 0.8  # how alike a name and ``text`` are for it to be a slip


def refuse_no_mapping(columns: object) -> None:
    """Raises DataError for names of columns that say nothing of what they are."""
    if not isinstance(columns, Mapping):
        raise DataError(
            f"columns is a mapping from names of yours to ours, not a {type(columns).__name__}: "
            f"{{'body': 'text'}}"
        )


def checked_columns(columns: Columns) -> Columns:
    """The mapping, if it is one and all that it maps to is known here. Raises DataError."""
    refuse_no_mapping(columns)
    for name, ours in columns.items():
        if ours not in (*OURS, *ALIASES):
            if name in OURS:
                raise DataError(
                    f"columns: {{{name!r}: {ours!r}}} is turned round, names of yours come first; "
                    f"did you mean {{{ours!r}: {name!r}}}?"
                )
            raise DataError(
                f"columns: {name!r} is to be read as {ours!r}, which is no name here; known are "
                f"{', '.join(OURS)}, and every other column keeps its own name"
            )
    return columns


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or type(value).__name__ in MISSING
        or (type(value).__name__ == "datetime64" and str(value) == "NaT")
        or (isinstance(value, float) and math.isnan(value))
    )


def names_of(given: Iterable[Any], columns: Columns, where: str) -> dict[Any, str]:
    """What each of the names given is called here; capitals make no difference.

    One of ours that ``columns`` gives to another is kept with ``meta_`` in front. Raises DataError
    where ``columns`` gives two the same.
    """
    keys = [*given]
    found: dict[str, Any] = {}
    for key in (key for key in keys if key in columns):
        ours = ALIASES.get(columns[key], columns[key])
        if ours in found:
            raise DataError(
                f"{where}: both {found[ours]!r} and {key!r} are to be read as {ours!r}; name one "
                f"of them so"
            )
        found[ours] = key
    free = [key for key in keys if key not in columns]
    for key in (*(key for key in free if key in OURS), *free):  # the very names go first
        plain = str(key).strip().casefold()
        ours = ALIASES.get(plain, plain)
        if ours in OURS:
            found.setdefault(ours, key)
    names = {key: ours for ours, key in found.items()}
    return {key: names.get(key, f"{KEPT}{key}" if key in OURS else str(key)) for key in keys}


def named(record: Mapping[Any, Any], columns: Columns, where: str) -> dict[str, Any]:
    """The record with our names for what is ours. Raises DataError."""
    names = names_of(record, columns, where)
    return {names[key]: value for key, value in record.items()}


def header(given: Collection[Any], columns: Columns, where: str) -> list[str]:
    """The names of a table's columns, ours for what is ours.

    Raises DataError for a name that is there twice, for one in ``columns`` that is not there, and
    where no column holds texts.
    """
    listed = ", ".join(repr(str(name)) for name in given) or "none"
    if missing := [name for name in columns if name not in given]:
        raise DataError(f"{where}: there is no column {missing[0]!r}; the columns are {listed}")
    twins = [name for name in given if [*given].count(name) > 1]
    if twins:
        raise DataError(f"{where}: the column {twins[0]!r} is there twice; keep one of them")
    names = names_of(given, columns, where)
    if not {"text", "title"} & {*names.values()}:
        raise DataError(
            f"{where}: there is no column 'text'; the columns are {listed}; where it is read, "
            f"{way_to_text(given)}"
        )
    return [names[name] for name in given]


def way_to_text(given: Iterable[Any]) -> str:
    """How to say which key or column holds the text, with the likeliest as the example."""
    plain = {str(name).strip().casefold(): str(name) for name in given}
    near = get_close_matches("text", plain.keys() - {*OURS}, n=1, cutoff=NEAR)
    likely = [name for name in (*near, *LIKELY, "title") if name in plain]
    if not likely:
        return "leave it out, or say which one holds it with columns={'its name': 'text'}"
    name = plain[likely[0]]
    return (
        f"say which one holds it with columns={{{name!r}: 'text'}} (on the command line: "
        f"--column '{name}=text')"
    )
