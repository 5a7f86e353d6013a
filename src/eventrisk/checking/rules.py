"""All rules in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eventrisk.checking.classes import class_problems
from eventrisk.checking.dates import date_problems, form_problems
from eventrisk.checking.duplicates import duplicate_problems
from eventrisk.checking.labels import label_problems
from eventrisk.checking.language import cut_problems, text_problems
from eventrisk.checking.near import near_problems
from eventrisk.checking.problem import Entry, Problem
from eventrisk.checking.spans import span_problems
from eventrisk.checking.view import PlainView, View
from eventrisk.labelled import Placed

OF_ONE = (span_problems, text_problems, date_problems)
OF_SET = (label_problems, cut_problems, form_problems, duplicate_problems, class_problems)


def find_problems(
    placed: Sequence[Placed], view_of: Callable[[str], View] = PlainView, *, quick: bool = False
) -> list[Problem]:
    """Every problem of the records, in their order; those of the whole set come last.

    ``view_of`` gives the pipeline's view of a text. ``quick`` leaves out the search for
    near-duplicates.
    """
    entries = [Entry(number, record) for number, record in enumerate(placed)]
    problems: list[Problem] = []
    for entry in entries:
        view = view_of(entry.placed.record.text)
        for of_one in OF_ONE:
            problems += of_one(entry, view)
    for of_set in OF_SET:
        problems += of_set(entries)
    if not quick:
        problems += near_problems(entries)
    return sorted(problems, key=lambda p: len(entries) if p.number is None else p.number)
