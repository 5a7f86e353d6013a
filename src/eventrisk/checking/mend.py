"""The edits of problems carried out on copies of the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from eventrisk.checking.problem import Edit, Problem
from eventrisk.labelled import Labelled, Placed, parse_record, to_plain


def mended(placed: Sequence[Placed], problems: Iterable[Problem]) -> list[Placed]:
    """The records after all edits, each in its old place; records that an edit takes out are
    missing.

    Where the text itself is mended, the record's other edits are left for another check: their
    offsets are those of the old text.
    """
    edits: defaultdict[int, list[Edit]] = defaultdict(list)
    texts: dict[int, tuple[Edit, ...]] = {}
    for problem in problems:
        if problem.number is not None:
            edits[problem.number].extend(problem.edits)
            if any(edit.path == ("text",) for edit in problem.edits):
                texts.setdefault(problem.number, problem.edits)
    edits.update(
        {number: list(text_edits) for number, text_edits in texts.items() if _stays(edits[number])}
    )
    mended_records = []
    for number, placed_record in enumerate(placed):
        record = (
            _edited(placed_record, edits[number]) if edits.get(number) else placed_record.record
        )
        if record is not None:
            mended_records.append(placed_record._replace(record=record))
    return mended_records


def _stays(edits: Sequence[Edit]) -> bool:
    return all(edit.path for edit in edits)


def _edited(placed_record: Placed, edits: Sequence[Edit]) -> Labelled | None:
    if not _stays(edits):
        return None
    plain = deepcopy(to_plain(placed_record.record))
    for path, value in edits:
        if value is not None:
            _inner(plain, path)[path[-1]] = value
    for path in sorted({edit.path for edit in edits if edit.value is None}, key=_last_first):
        del _inner(plain, path)[path[-1]]
    return parse_record(plain, placed_record.where, placed_record.record.id)


def _inner(plain: Any, path: Sequence[str | int]) -> Any:
    for step in path[:-1]:
        plain = plain[step]
    return plain


def _last_first(path: Sequence[str | int]) -> tuple[int, int]:
    """Deep before shallow, and from the end of a list, so that the rows before keep their
    numbers.
    """
    return -len(path), -path[-1] if isinstance(path[-1], int) else 0
