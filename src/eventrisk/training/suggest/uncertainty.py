"""Where a model is unsure of a release, read off its result: what a person's answer would teach it
most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, log2

from eventrisk.errors import DataError
from eventrisk.labels import EntityLabel, EventType
from eventrisk.results import Analysis, Entity, Event
from eventrisk.show.quotes import one_line
from eventrisk.sources.clean import clean

# How much each part of the result counts: the leading judgement most, what is rarely labelled
# least.
WEIGHTS: Mapping[str, float] = {
    "sentiment": 0.45,
    "events": 0.2,
    "entities": 0.2,
    "risk": 0.1,
    "tone": 0.05,
}
HEADS = tuple(WEIGHTS)
# names and categories that count: the most doubtful ones, so that long texts are not doubtful by
# length
WORST = 3
# doubt of a release in which no words speak of an event: of real ones two in five are misread
SILENT = 0.6
NAMELESS = (
    0.5  # doubt of names where there is news of a product but neither drug nor disease was found
)
UNTITLED = 80  # characters on which a silent event stands where there is no title
WORTH_A_WORD = 0.05  # share from which on a reason is told


@dataclass(frozen=True, slots=True)
class Doubt:
    """One part of the result the model is unsure of: ``size`` 0…1, and what it wavers between, in
    words.
    """

    head: str
    size: float
    words: str


@dataclass(frozen=True, slots=True)
class UncertaintyShare:
    """Why a release was chosen: its part of the result, that part's ``share`` (0…1) of all doubt,
    and the words.
    """

    head: str
    share: float
    words: str


def weights_of(heads: Iterable[str]) -> dict[str, float]:
    """The weights of the parts asked for, adding up to one. Raises DataError for an unknown part
    and for none.
    """
    names = [*dict.fromkeys(heads)]
    unknown = [name for name in names if name not in WEIGHTS]
    if unknown or not names:
        raise DataError(
            f"heads: {', '.join(map(repr, unknown)) or 'none'} given; name some of "
            f"{', '.join(HEADS)}"
        )
    total = sum(WEIGHTS[name] for name in names)
    return {name: WEIGHTS[name] / total for name in names}


def doubts(analysis: Analysis) -> Iterator[Doubt]:
    """One doubt a part of the result but its names, whose label set ``doubt_of_names`` has to
    know.
    """
    yield _sentiment(analysis)
    yield _event(analysis)
    yield _risks(analysis)
    yield _tone(analysis)


def uncertainty(found: Sequence[Doubt], weights: Mapping[str, float]) -> float:
    """The weighted sum of the doubts, 0…1."""
    return sum(weights.get(doubt.head, 0.0) * doubt.size for doubt in found)


def reasons(found: Sequence[Doubt], weights: Mapping[str, float]) -> tuple[UncertaintyShare, ...]:
    """The doubts as shares of their sum, the greatest first; what hardly counts is left out."""
    total = uncertainty(found, weights)
    if not total:
        return ()
    parts = [
        UncertaintyShare(d.head, weights.get(d.head, 0.0) * d.size / total, d.words) for d in found
    ]
    return tuple(
        sorted((p for p in parts if p.share >= WORTH_A_WORD), key=lambda p: (-p.share, p.head))
    )


def _sentiment(analysis: Analysis) -> Doubt:
    """Entropy of the classes as a share of the most there could be; abstaining lifts it half of the
    way to one.
    """
    judged = analysis.sentiment
    size = entropy(judged.probabilities.values())
    best = sorted(judged.probabilities.items(), key=lambda item: (-item[1], item[0]))[:2]
    told = ", ".join(f"{one_line(label)} {_share(p)}" for label, p in best)
    if judged.abstained:
        return Doubt("sentiment", (1 + size) / 2, f"sentiment too unsure to be relied on: {told}")
    return Doubt("sentiment", size, f"sentiment unsure: {told}")


def _tone(analysis: Analysis) -> Doubt:
    """The score stands half-way between two classes at ±0.5 and is sure of one at −1, 0 and 1."""
    score = abs(analysis.tone.score)
    return Doubt(
        "tone", max(0.0, 1 - abs(2 * score - 1)), f"tone unsure: score {analysis.tone.score:+.2f}"
    )


def _event(analysis: Analysis) -> Doubt:
    """No words speak of an event, the classifier guessed one, or the words that do are weak."""
    news = analysis.news
    if not news:
        return Doubt("events", SILENT, "no event of today found")
    lead = news[0]
    silent = _is_whole_title(analysis, lead)
    if silent and lead.type == EventType.BUSINESS_OTHER:
        return Doubt("events", SILENT, "no words speak of an event")
    how = "event guessed from the words" if silent else "event unsure"
    return Doubt(
        "events", 1 - lead.probability, f"{how}: {one_line(lead.type)} {_share(lead.probability)}"
    )


def _is_whole_title(analysis: Analysis, event: Event) -> bool:
    """Whether the event stands on the title as such, as it does where no cue was found."""
    title = clean(analysis.title or "").text or clean(analysis.text).text[:UNTITLED]
    return clean(analysis.text[event.start : event.end]).text.split() == title.split()


def doubt_of_names(
    entities: Sequence[Entity], labels: Collection[str], tells_of_product: bool
) -> Doubt:
    """The mean doubt of the most doubtful names of these labels, spans claimed by two of them among
    them.
    """
    learnt = [entity for entity in entities if entity.label in labels]
    wanted = {EntityLabel.DRUG, EntityLabel.INDICATION} & {*labels}
    if tells_of_product and wanted and not any(e.label in wanted for e in learnt):
        return Doubt("entities", NAMELESS, "neither a drug nor a disease found")
    disputed = _disputed(learnt)
    sizes: dict[tuple[str, str], tuple[float, str]] = {}
    for entity in learnt:
        contested = (entity.start, entity.end) in disputed
        size = 1.0 if contested else entropy((entity.probability, 1 - entity.probability))
        told = (
            f"{one_line(entity.label)} “{one_line(entity.text, 60)}” {_share(entity.probability)}"
        )
        key = (entity.label, entity.canonical)
        sizes[key] = max(
            sizes.get(key, (0.0, "")),
            (size, f"{told}, claimed by two labels" if contested else told),
        )
    return _worst("entities", "names unsure", sizes.values())


def tells_of_product(analysis: Analysis) -> bool:
    """Whether there is news of other than business."""
    return any(event.type != EventType.BUSINESS_OTHER for event in analysis.news)


def _disputed(entities: Sequence[Entity]) -> set[tuple[int, int]]:
    """The spans that overlap with one of another label."""
    found: set[tuple[int, int]] = set()
    ordered = sorted(entities, key=lambda e: (e.start, e.end, e.label))
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if second.start >= first.end:
                break
            if second.label != first.label:
                found |= {(first.start, first.end), (second.start, second.end)}
    return found


def _risks(analysis: Analysis) -> Doubt:
    """The mean doubt of the categories that were named by a small margin."""
    told = [
        (
            entropy((r.probability, 1 - r.probability)),
            f"{one_line(r.category)} {_share(r.probability)}",
        )
        for r in analysis.risk_factors
    ]
    return _worst("risk", "risk categories near the threshold", told)


def _worst(head: str, what: str, sizes: Iterable[tuple[float, str]]) -> Doubt:
    """The mean of the greatest doubts; those told are at least half as great as the greatest."""
    worst = sorted(sizes, key=lambda item: (-item[0], item[1]))[:WORST]
    size = sum(size for size, _ in worst) / WORST
    told = [words for size, words in worst if 2 * size >= worst[0][0]]
    return Doubt(head, size, f"{what}: {', '.join(told)}")


def entropy(chances: Iterable[float]) -> float:
    """Shannon's entropy of a distribution as a share of its maximum: 0 for certainty, 1 where all
    are alike.
    """
    values = list(chances)
    if len(values) < 2:
        return 0.0
    return min(1.0, -sum(p * log2(p) for p in values if p > 0) * log(2) / log(len(values)))


def _share(value: float) -> str:
    return f"{value:.2f}"
