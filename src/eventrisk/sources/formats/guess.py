"""Which format a file has, by its ending and, where several share one, by how it begins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import ALIAS, KEYS
from eventrisk.sources.encodings import marked
from eventrisk.sources.formats import AS_NAMED, Columns, Format, opening
from eventrisk.sources.formats.array import elements
from eventrisk.sources.formats.choices import OWN
from eventrisk.sources.formats.columns import nearest
from eventrisk.sources.formats.foreign import COMMENTS
from eventrisk.sources.formats.separated import header_of, tool_of

TAGGED = re.compile(r"O|[BIESLU]-.+|-DOCSTART-.*|#.*")  # how a line of tags ends, or a mark begins
PRODIGY = {"spans", "accept", "answer", "options", "_task_hash", "_input_hash"}
DOCCANO = {"label", "labels", "cats", COMMENTS, OWN}
OURS = {*KEYS, ALIAS} - {"id", "text", "date", "form", "company", "split"}  # what no tool calls so


def guess(path: Path, formats: Iterable[Format], columns: Columns = AS_NAMED) -> str:
    """The name of a file's format. Raises DataError that lists what is known, and when the file
    cannot be read.
    """
    suffix = path.suffix.lower()
    by_ending = {ending: form.name for form in formats for ending in form.suffixes}
    if suffix not in by_ending:
        if suffix == ".txt" and first_line(path).lstrip('"').startswith("__label__"):
            raise DataError(
                f"{path}: is fastText, which has no ids, no offsets and no border between line "
                f"breaks and texts; export JSONL instead"
            )
        raise DataError(
            f"{path}: {_unknown(f'the ending {path.suffix!r}', formats)}; name another "
            f"file's format beside it"
        )
    name = by_ending[suffix]
    if suffix in (".csv", ".tsv"):
        if suffix == ".tsv" and _is_tagged(first_line(path), columns):
            return name
        return tool_of(header_of(path)) or "csv"
    if name == "jsonl" or suffix == ".json":
        first = first_line(path)
        if not first.lstrip("\ufeff \t").startswith("["):
            return by_keys(first)
        return "doccano" if name != "jsonl" and _is_doccano(path) else name
    return name


def _is_doccano(path: Path) -> bool:
    """Whether an array holds doccano's examples and not Label Studio's tasks."""
    _, first = next(elements(path), (1, None))
    return isinstance(first, dict) and "text" in first and COMMENTS in first


def known(name: str, formats: Iterable[Format]) -> str:
    """The name, if it is a format's; a hyphen does for an underscore. Raises DataError that lists
    what is known.
    """
    names, asked = [form.name for form in formats], name.replace("-", "_")
    if asked in names:
        return asked
    near = get_close_matches(asked, names, n=1)
    raise DataError(
        _unknown(repr(name), formats) + (f"; did you mean {near[0]!r}?" if near else "")
    )


def _unknown(what: str, formats: Iterable[Format]) -> str:
    listed = ", ".join(
        form.name + (f" ({', '.join(form.suffixes)})" if form.suffixes else "") for form in formats
    )
    return f"no format of releases is known by {what}; known are {listed}"


def first_line(path: Path) -> str:
    """The first line that is not blank."""
    with opening(path) as handle:
        first = next((line for line in handle if line.strip()), b"")
    return first.decode(marked(first) or "utf-8-sig", "replace")


def by_keys(line: str) -> str:
    """Whose JSON Lines these are, by the keys of the first."""
    try:
        first: Any = json.loads(line)
    except (ValueError, RecursionError):
        return "jsonl"
    keys = set(first) if isinstance(first, dict) else set()
    bare = keys & {"meta"} and keys <= {"text", "meta", OWN}
    relations = isinstance(first, dict) and _has_offsets(first.get("entities"))
    if keys & PRODIGY or bare:
        return "prodigy"
    if keys & {"cats", COMMENTS, OWN} or relations or (keys & DOCCANO and not keys & OURS):
        return "doccano"
    return "jsonl"


def _has_offsets(entities: Any) -> bool:
    return (
        isinstance(entities, list)
        and bool(entities)
        and isinstance(entities[0], dict)
        and "start_offset" in entities[0]
    )


def _is_tagged(line: str, columns: Columns) -> bool:
    """Whether a .tsv is tokens with tags, not a table with a header."""
    cells = line.rstrip("\r\n").split("\t")
    tagged = TAGGED.fullmatch(
        cells[0] if cells[0].startswith(("#", "-DOCSTART-")) else (line.split() or [""])[-1]
    )
    names = [cell.strip('"') for cell in cells]
    return bool(tagged) or not any(name in columns or nearest(name) for name in names)
