"""Which body a step lies with: who decides, advises, opines or is asked. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from eventrisk.labels import EntityLabel
from eventrisk.lexicon import terms
from eventrisk.links.index import Index
from eventrisk.reading import Mention
from eventrisk.rules import Rule, rules

FILE = "links/rules.toml"
AGENCIES = "agencies/agencies.tsv"
BACK_SENTENCES = 2  # before a step that may name the body it lies with


def agency_of(
    index: Index,
    type_: str,
    own: tuple[int, int],
    stretch: tuple[int, int],
    implied: str | None = None,
) -> str | None:
    """The body of the step of a type at ``own``, half-open offsets within its ``stretch``: named
    there, meant by its words (*PDUFA*), or named by the rest of its sentence or the line before it;
    else the one the type implies. A committee that the type implies is the body whatever is named.
    """
    if implied in advisers():
        return implied
    number = index.sentence_at(own[0])
    for low, high in _places(index, number, stretch):
        if found := _named(index, type_, own[0], low, high) or _meant(index, type_, low, high):
            return found
    return implied


def _places(
    index: Index, number: int | None, stretch: tuple[int, int]
) -> Sequence[tuple[int, int]]:
    if number is None:
        return [stretch]
    before = [n for n in range(number, number - BACK_SENTENCES - 1, -1) if n >= 0]
    sentences = [
        index.reading.sentences[n] for n in before if n == number or index.is_joined_line(n, number)
    ]
    return [stretch, *((s.start, s.end) for s in sentences)]


def _named(index: Index, type_: str, at: int, low: int, high: int) -> str | None:
    """The agency named nearest to the step; one that only advises decides nothing."""
    inside = [m for m in index.reading.within(low, high) if m.label == EntityLabel.AGENCY]
    if decides(type_):
        inside = [m for m in inside if m.canonical not in advisers()] or inside
    if not inside:
        return None
    nearest: Mention = min(inside, key=lambda m: (abs(m.start - at), m.start))
    return nearest.canonical


def decides(type_: str) -> bool:
    """Whether the step of a type is a decision, which no adviser takes."""
    return any(type_ in rule.keys.get("types", ()) for rule in rules(FILE, "decision"))


def _meant(index: Index, type_: str, low: int, high: int) -> str | None:
    words = index.folded[low:high]
    for rule in _agency_rules():
        fits = type_ in rule.keys.get("types", (type_,))
        if fits and rule.regex.search(words):
            return str(rule.keys["agency"])
    return None


@lru_cache(maxsize=1)
def _agency_rules() -> tuple[Rule, ...]:
    return rules(FILE, "agency")


@lru_cache(maxsize=1)
def advisers() -> frozenset[str]:
    """The canonical names of bodies that advise and do not decide."""
    return frozenset(row["canonical"] for row in terms(AGENCIES) if row["kind"] == "advisory")


@lru_cache(maxsize=1)
def countries() -> defaultdict[str, str]:
    """The country (ISO 3166-1 alpha-2, EU or INT) of each agency by its canonical name; empty for
    one that the list does not hold.
    """
    return defaultdict(str, {row["canonical"]: row["country"] for row in terms(AGENCIES)})
