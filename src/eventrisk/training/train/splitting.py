"""Which releases a model learns from and which it is measured on. Deterministic.

Releases of one company resemble each other, and a model will be used on releases newer than those
it learnt from: a split at random flatters it. The rule is part of every report.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled
from eventrisk.learn.fit.folds import FOLDS, folds
from eventrisk.learn.parallel import map_chunks
from eventrisk.sources.clean import clean
from eventrisk.structure.metadata import find_company, find_release_date
from eventrisk.structure.sections import find_sections

# texts to measure on, where there are so many: a fifth of 200 would say nothing
WANTED_TEXTS = 200
HELD_OUT_SHARE = 1 / FOLDS  # of the texts, where that is enough
TOP_CHARS = 4_000  # in which a release names its issuer and its date
TEST, DEV = "test", "dev"
BY_COMPANY_AND_TIME, BY_COMPANY, BY_TIME = "by company and time", "by company", "by time"
AT_RANDOM, AS_GIVEN = "at random", "as given"
RULES = (BY_COMPANY_AND_TIME, BY_COMPANY, BY_TIME, AT_RANDOM, AS_GIVEN)
WORDS = {
    BY_COMPANY_AND_TIME: (
        "the companies with the newest releases, about a fifth of the texts; no company on both "
        "sides"
    ),
    BY_COMPANY: "about a fifth of the texts; no company on both sides",
    BY_TIME: "the newest fifth of the texts",
    AT_RANDOM: "a fifth of the texts, at random",
    AS_GIVEN: "as the data says",
}
ALL_FOLDS = "{count} parts in turn, each read by a model of the others"
SOME_FOLDS = "{some} of {count} parts in turn, each read by a model of the others"
APART = "; no company on both sides"


class Round(NamedTuple):
    """Positions of the records learnt from and of those measured on."""

    learn: list[int]
    measure: list[int]


class Split(NamedTuple):
    """The rule in words, and its rounds: one, or one a fold. ``kept_out`` are never learnt from (a
    given test set).
    """

    rule: str
    rounds: list[Round]
    kept_out: bool

    def learnt(self, count: int) -> Sequence[int]:
        """Positions, of ``count`` records, of those that the model of the bundle learns from."""
        return self.rounds[0].learn if self.kept_out else range(count)


class Origin(NamedTuple):
    """Company (folded case; None where neither data nor text names one) and date (ISO) of a
    release.
    """

    company: str | None
    date: str | None


def origin(record: Labelled) -> Origin:
    """As the data says, else as the top of the text does."""
    if record.company and record.date:
        return Origin(record.company.casefold(), record.date)
    top = clean(record.text[:TOP_CHARS]).text
    sections = find_sections(top)
    found = None if record.company else find_company(top, sections)
    company = record.company or (found.name if found else None)
    return Origin(
        company.casefold() if company else None, record.date or find_release_date(top, sections)
    )


def origins(records: Sequence[Labelled], brief: bool = False) -> list[Origin]:
    """Those of all records, in several processes where there are many.

    ``brief`` takes dates from the data alone: where there are very many releases, reading them off
    costs minutes.
    """
    return [*map_chunks(_briefly if brief else _in_full, records)]


def _in_full(records: Sequence[Labelled]) -> list[Origin]:
    return [origin(record) for record in records]


def _briefly(records: Sequence[Labelled]) -> list[Origin]:
    known = (
        (record.company.casefold() if record.company else origin(record).company)
        for record in records
    )
    return [Origin(company, record.date) for company, record in zip(known, records, strict=True)]


def groups_of(records: Sequence[Labelled], origins: Sequence[Origin]) -> dict[str, str]:
    """The group of each id: its company, or itself."""
    return {
        record.id: f"company {known.company}" if known.company else f"id {record.id}"
        for record, known in zip(records, origins, strict=True)
    }


def divide(
    records: Sequence[Labelled],
    origins: Sequence[Origin],
    rule: str,
    seed: int = 0,
    count: int | None = None,
) -> Split:
    """The rounds of a split. A set that comes divided is taken as it is, whatever the rule.

    ``count`` parts are measured in turn; without it as many of five as hold ``WANTED_TEXTS``.
    Raises DataError for a rule that is not known, for ``as given`` where no record is marked
    ``test``, and for a number of parts that cannot be made.
    """
    if rule not in RULES:
        raise DataError(f"there is no split {rule!r}; choose one of {', '.join(RULES)}")
    given = _given(records)
    _refuse_folds(count, rule, given)
    if given is not None:
        return given
    if rule == AS_GIVEN:
        raise DataError(
            "split 'as given' needs records marked split: test beside others; none (or all) are"
        )
    companies = [*groups_of(records, origins).values()]
    if len(set(companies)) == 1:  # one company alone cannot be parted by company
        rule = {BY_COMPANY_AND_TIME: BY_TIME, BY_COMPANY: AT_RANDOM}.get(rule, rule)
    by_company = rule in (BY_COMPANY_AND_TIME, BY_COMPANY)
    units = companies if by_company else [record.id for record in records]
    if rule != BY_TIME and (count or HELD_OUT_SHARE * len(records) < WANTED_TEXTS):
        return _in_folds(units, count, APART if units == companies else "")
    wanted = max(1, round(HELD_OUT_SHARE * len(records)))
    held = _held(units, _ages(units, origins, rule, seed), wanted)
    return Split(WORDS[rule], [_round(held, len(records))], False)


def _refuse_folds(count: int | None, rule: str, given: Split | None) -> None:
    """Raises DataError where parts in turn were asked for and cannot be."""
    if count is None:
        return
    if count < 2:
        raise DataError(f"folds: two parts or more are needed, not {count}")
    if given is not None or rule in (BY_TIME, AS_GIVEN):
        why = "the data come with a test set" if given is not None else f"the split is {rule!r}"
        raise DataError(
            f"folds: {why}, which says what is measured on; leave out folds (--folds), or "
            f"{'the test set' if given is not None else 'choose another split'}"
        )


def _in_folds(units: Sequence[str], count: int | None, apart: str) -> Split:
    """Parts of whole units in turn: all where they were asked for, else as many as hold enough
    texts.
    """
    asked = FOLDS if count is None else count
    if count is not None and count > (there := len(set(units))):
        what = "companies" if apart else "releases"
        raise DataError(f"folds: {count} parts need as many {what}, there are {there}")
    rounds, measured = [], 0
    parts = [Round(*pair) for pair in folds(units, asked)]
    if count is None:  # one giant company does not become the whole test
        parts.sort(key=lambda part: len(part.measure))
    for part in parts:
        if count is None and measured >= WANTED_TEXTS:
            break
        rounds.append(part)
        measured += len(part.measure)
    words = ALL_FOLDS if len(rounds) == len(parts) else SOME_FOLDS
    return Split(words.format(some=len(rounds), count=len(parts)) + apart, rounds, False)


def _given(records: Sequence[Labelled]) -> Split | None:
    """The split of a set that comes divided; None where no record, or every one, is for testing."""
    test = {i for i, record in enumerate(records) if record.split == TEST}
    if not test or len(test) == len(records):
        return None
    return Split(WORDS[AS_GIVEN], [_round(test, len(records))], True)


def _round(held: set[int], count: int) -> Round:
    return Round([i for i in range(count) if i not in held], sorted(held))


def _ages(
    units: Sequence[str], origins: Sequence[Origin], rule: str, seed: int
) -> Mapping[str, tuple[str, float]]:
    """By what units are ordered: their newest date, then chance; by chance alone where time plays
    no part.
    """
    rng = random.Random(seed)
    newest: dict[str, str] = {}
    for unit, known in zip(units, origins, strict=True):
        newest[unit] = max(newest.get(unit, ""), known.date or "")
    timed = rule in (BY_COMPANY_AND_TIME, BY_TIME)
    return {unit: (newest[unit] if timed else "", rng.random()) for unit in sorted(newest)}


def _held(units: Sequence[str], ages: Mapping[str, tuple[str, float]], wanted: int) -> set[int]:
    """Positions of the newest units, until there are enough; one unit at least stays to learn
    from.
    """
    sizes: dict[str, list[int]] = {}
    for position, unit in enumerate(units):
        sizes.setdefault(unit, []).append(position)
    held: set[int] = set()
    order = sorted(sizes, key=lambda unit: (*ages[unit], unit), reverse=True)
    for unit in order[:-1]:
        if len(held) >= wanted:
            break
        if (
            len(held) + len(sizes[unit]) <= 2 * wanted
        ):  # one giant company does not become the whole test
            held.update(sizes[unit])
    return held or set(sizes[min(order, key=lambda unit: len(sizes[unit]))])
