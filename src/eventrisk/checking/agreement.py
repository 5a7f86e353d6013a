"""How far people agree who labelled the same texts: Cohen's kappa for classes, F1 for spans. Pure.

Kappa (Cohen 1960) is (observed − expected) / (1 − expected) agreement: 1 for full agreement, 0 for
what chance gives, below 0 for less. It is undefined (None) where everybody gave one and the same
class. F1 takes one person's spans as gold and the other's as predicted, which is symmetric: exact
for the same borders and label, overlapping where spans of one label share a character. Figures of
several pairs of people are pooled for F1 and weighted by texts for kappa.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from eventrisk.heads import CLASS_KEYS
from eventrisk.labelled import Labelled, Span

RISKS, ENTITIES = "risk_factors", "entities"

Group = Sequence[tuple[str, Labelled]]  # one text: who labelled it, and how
Pair = tuple[str, str]
Answers = list[tuple[str, str]]
Spans = tuple[Span, ...]


class Agreement(NamedTuple):
    """Agreement on one head, over all labels or (``label``) on one of them.

    ``texts`` counts pairs of annotations of one text; ``agreed`` (0…1) is the share of equal
    answers, ``kappa`` is in -1…1, ``exact`` and ``overlapping`` are F1 in 0…1; None where a figure
    is not for the head or undefined.
    """

    head: str
    label: str | None
    texts: int
    agreed: float | None = None
    kappa: float | None = None
    exact: float | None = None
    overlapping: float | None = None

    def __str__(self) -> str:
        if self.head == ENTITIES:
            figures = [f"exact F1 {_short(self.exact)}, overlapping F1 {_short(self.overlapping)}"]
        else:
            figures = [f"Cohen's kappa {_short(self.kappa)}, the same in {self.agreed:.0%}"]
        return ", ".join(([self.label] if self.label else []) + figures)


def _short(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.2f}"


def agreement(groups: Iterable[Group]) -> list[Agreement]:
    """The agreement on every head that two people labelled in one text; of each head first over all
    labels, then by label.
    """
    pairs = [pair for group in groups for pair in combinations(_people_apart(group), 2)]
    classes = [row for head in CLASS_KEYS for row in _of_classes(head, pairs)]
    return [*classes, *_of_risks(pairs), *_of_spans(pairs)]


def _people_apart(group: Group) -> list[tuple[str, Labelled]]:
    """By name; a person's second annotation of a text is another's: ``ann (2)``."""
    counts: Counter[str] = Counter()
    named = []
    for person, record in group:
        counts[person] += 1
        name = person if counts[person] == 1 else f"{person} ({counts[person]})"
        named.append((name, record))
    return sorted(named, key=lambda one: one[0])


Both = tuple[tuple[str, Labelled], tuple[str, Labelled]]


def _of_classes(head: str, pairs: Sequence[Both]) -> Iterator[Agreement]:
    answers: defaultdict[Pair, Answers] = defaultdict(list)
    for (one, a), (other, b) in pairs:
        values = getattr(a, head), getattr(b, head)
        if None not in values:
            answers[one, other].append(values)
    yield from _counted(head, None, answers)
    labels = sorted({label for of_pair in answers.values() for both in of_pair for label in both})
    for label in labels:
        yield from _counted(head, label, _one_against_rest(answers, label))


def _one_against_rest(answers: dict[Pair, Answers], label: str) -> dict[Pair, Answers]:
    return {
        pair: [(str(a == label), str(b == label)) for a, b in of_pair]
        for pair, of_pair in answers.items()
    }


def _of_risks(pairs: Sequence[Both]) -> Iterator[Agreement]:
    """Each category is a question of its own, answered by yes or no. Clauses are not looked at: the
    labelling tools carry them along, so that all people would seem to agree.
    """
    labelled = [
        ((one, other), set(a.risk_factors), set(b.risk_factors))
        for (one, a), (other, b) in pairs
        if a.risk_factors is not None and b.risk_factors is not None
    ]
    labels = sorted({label for _, a, b in labelled for label in a | b})
    of: dict[str, defaultdict[Pair, Answers]] = {label: defaultdict(list) for label in labels}
    every: defaultdict[Pair, Answers] = defaultdict(list)
    for pair, a, b in labelled:
        for label in labels:
            answer = str(label in a), str(label in b)
            of[label][pair].append(answer)
            every[pair].append(answer)
    for row in _counted(RISKS, None, every):
        yield row._replace(texts=len(labelled))
    for label in labels:
        yield from _counted(RISKS, label, of[label])


def _counted(head: str, label: str | None, answers: dict[Pair, Answers]) -> Iterator[Agreement]:
    pooled = [both for of_pair in answers.values() for both in of_pair]
    if pooled:
        same = sum(a == b for a, b in pooled) / len(pooled)
        yield Agreement(head, label, len(pooled), same, _weighted(answers))


def _weighted(answers: dict[Pair, Answers]) -> float | None:
    kappas = [(kappa(of_pair), len(of_pair)) for of_pair in answers.values()]
    known = [(value, n) for value, n in kappas if value is not None]
    return sum(value * n for value, n in known) / sum(n for _, n in known) if known else None


def kappa(answers: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two people's answers, None where it is undefined."""
    n = len(answers)
    if not n:
        return None
    first, second = (Counter(both[side] for both in answers) for side in (0, 1))
    by_chance = sum(first[label] * second[label] for label in first)
    if by_chance == n * n:
        return None
    same = sum(a == b for a, b in answers)
    return (same * n - by_chance) / (n * n - by_chance)


def _of_spans(pairs: Sequence[Both]) -> Iterator[Agreement]:
    both = [
        (a.entities, b.entities)
        for (_, a), (_, b) in pairs
        if a.entities is not None and b.entities is not None
    ]
    labels = sorted({span.label for pair in both for spans in pair for span in spans})
    if labels:
        yield _spans_of(None, both)._replace(texts=len(both))
        yield from (_spans_of(label, both) for label in labels)


def _spans_of(label: str | None, both: Sequence[tuple[Spans, Spans]]) -> Agreement:
    """The agreement on the spans of one label, or on all."""
    chosen = [(_of_label(a, label), _of_label(b, label)) for a, b in both]
    total = sum(len(a) + len(b) for a, b in chosen)
    exact = sum(2 * (Counter(a) & Counter(b)).total() for a, b in chosen) / total
    near = sum(_met(a, b) + _met(b, a) for a, b in chosen) / total
    texts = sum(bool(a or b) for a, b in chosen)
    return Agreement(ENTITIES, label, texts, exact=exact, overlapping=near)


def _of_label(spans: Spans, label: str | None) -> list[Span]:
    return [span for span in spans if label is None or span.label == label]


def _met(spans: list[Span], others: list[Span]) -> int:
    """How many spans overlap one of the same label."""
    return sum(
        any(s.label == o.label and s.start < o.end and o.start < s.end for o in others)
        for s in spans
    )
