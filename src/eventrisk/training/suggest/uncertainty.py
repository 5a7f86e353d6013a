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
# names and categories that count: those of the highest entropy, so that the length of a text does
# not count
MOST_UNCERTAIN = 3
# 0…1, of a release without a cue of an event: of real ones two in five are misread
NO_CUE_UNCERTAINTY = 0.6
# 0…1, of names where there is news of a product but neither drug nor disease was found
NO_NAME_UNCERTAINTY = 0.5
TITLE_CHARS = 80  # on which an event without a cue stands where there is no title
MIN_SHARE = 0.05  # of the uncertainty, from which on a reason is given


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """One part of the result the model is unsure of: ``size`` 0…1, and the labels in question, in
    words.
    """

    head: str
    size: float
    words: str


@dataclass(frozen=True, slots=True)
class UncertaintyShare:
    """Why a release was chosen: its part of the result, that part's ``share`` (0…1) of the whole
    uncertainty, and the words.
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


def uncertainties(analysis: Analysis) -> Iterator[Uncertainty]:
    """One uncertainty a part of the result but its names, whose label set
    ``uncertainty_of_names`` has to know.
    """
    yield _sentiment(analysis)
    yield _event(analysis)
    yield _risks(analysis)
    yield _tone(analysis)


def weighted_sum(uncertainties: Sequence[Uncertainty], weights: Mapping[str, float]) -> float:
    """The weighted sum of the uncertainties, 0…1."""
    return sum(weights.get(each.head, 0.0) * each.size for each in uncertainties)


def reasons(
    uncertainties: Sequence[Uncertainty], weights: Mapping[str, float]
) -> tuple[UncertaintyShare, ...]:
    """The uncertainties as shares of their sum, the greatest first; the smallest are left out."""
    total = weighted_sum(uncertainties, weights)
    if not total:
        return ()
    parts = [
        UncertaintyShare(u.head, weights.get(u.head, 0.0) * u.size / total, u.words)
        for u in uncertainties
    ]
    return tuple(
        sorted((p for p in parts if p.share >= MIN_SHARE), key=lambda p: (-p.share, p.head))
    )


def _sentiment(analysis: Analysis) -> Uncertainty:
    """Entropy of the classes as a share of the most there could be; abstaining lifts it half of the
    way to one.
    """
    sentiment = analysis.sentiment
    size = entropy(sentiment.probabilities.values())
    likeliest = sorted(sentiment.probabilities.items(), key=lambda item: (-item[1], item[0]))[:2]
    classes = ", ".join(f"{one_line(label)} {_share(p)}" for label, p in likeliest)
    if sentiment.abstained:
        return Uncertainty(
            "sentiment", (1 + size) / 2, f"sentiment too unsure to be relied on: {classes}"
        )
    return Uncertainty("sentiment", size, f"sentiment unsure: {classes}")


def _tone(analysis: Analysis) -> Uncertainty:
    """The score stands half-way between two classes at ±0.5 and is sure of one at −1, 0 and 1."""
    score = abs(analysis.tone.score)
    return Uncertainty(
        "tone", max(0.0, 1 - abs(2 * score - 1)), f"tone unsure: score {analysis.tone.score:+.2f}"
    )


def _event(analysis: Analysis) -> Uncertainty:
    """No words speak of an event, the classifier guessed one, or the words that do are weak."""
    news = analysis.news
    if not news:
        return Uncertainty("events", NO_CUE_UNCERTAINTY, "no event of today found")
    lead = news[0]
    without_cue = _is_whole_title(analysis, lead)
    if without_cue and lead.type == EventType.BUSINESS_OTHER:
        return Uncertainty("events", NO_CUE_UNCERTAINTY, "no words speak of an event")
    how = "event guessed from the words" if without_cue else "event unsure"
    return Uncertainty(
        "events", 1 - lead.probability, f"{how}: {one_line(lead.type)} {_share(lead.probability)}"
    )


def _is_whole_title(analysis: Analysis, event: Event) -> bool:
    """Whether the event stands on the title as such, as it does where no cue was found."""
    title = clean(analysis.title or "").text or clean(analysis.text).text[:TITLE_CHARS]
    return clean(analysis.text[event.start : event.end]).text.split() == title.split()


def uncertainty_of_names(
    entities: Sequence[Entity], labels: Collection[str], tells_of_product: bool
) -> Uncertainty:
    """The mean uncertainty of the least certain names of these labels, spans claimed by two of them
    among them.
    """
    labelled = [entity for entity in entities if entity.label in labels]
    wanted = {EntityLabel.DRUG, EntityLabel.INDICATION} & {*labels}
    if tells_of_product and wanted and not any(e.label in wanted for e in labelled):
        return Uncertainty("entities", NO_NAME_UNCERTAINTY, "neither a drug nor a disease found")
    disputed = _disputed(labelled)
    sizes: dict[tuple[str, str], tuple[float, str]] = {}
    for entity in labelled:
        contested = (entity.start, entity.end) in disputed
        size = 1.0 if contested else entropy((entity.probability, 1 - entity.probability))
        words = (
            f"{one_line(entity.label)} “{one_line(entity.text, 60)}” {_share(entity.probability)}"
        )
        key = (entity.label, entity.canonical)
        sizes[key] = max(
            sizes.get(key, (0.0, "")),
            (size, f"{words}, claimed by two labels" if contested else words),
        )
    return _highest("entities", "names unsure", sizes.values())


def tells_of_product(analysis: Analysis) -> bool:
    """Whether there is news of other than business."""
    return any(event.type != EventType.BUSINESS_OTHER for event in analysis.news)


def _disputed(entities: Sequence[Entity]) -> set[tuple[int, int]]:
    """The spans that overlap with one of another label."""
    disputed: set[tuple[int, int]] = set()
    ordered = sorted(entities, key=lambda e: (e.start, e.end, e.label))
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if second.start >= first.end:
                break
            if second.label != first.label:
                disputed |= {(first.start, first.end), (second.start, second.end)}
    return disputed


def _risks(analysis: Analysis) -> Uncertainty:
    """The mean uncertainty of the categories that were named by a small margin."""
    sizes = [
        (
            entropy((r.probability, 1 - r.probability)),
            f"{one_line(r.category)} {_share(r.probability)}",
        )
        for r in analysis.risk_factors
    ]
    return _highest("risk", "risk categories near the threshold", sizes)


def _highest(head: str, what: str, sizes: Iterable[tuple[float, str]]) -> Uncertainty:
    """The mean of the greatest; those that are named are at least half as great as the first."""
    highest = sorted(sizes, key=lambda item: (-item[0], item[1]))[:MOST_UNCERTAIN]
    size = sum(size for size, _ in highest) / MOST_UNCERTAIN
    named = [words for size, words in highest if 2 * size >= highest[0][0]]
    return Uncertainty(head, size, f"{what}: {', '.join(named)}")


def entropy(probabilities: Iterable[float]) -> float:
    """Shannon's entropy of a distribution as a share of its maximum: 0 for certainty, 1 where all
    are alike.
    """
    values = list(probabilities)
    if len(values) < 2:
        return 0.0
    return min(1.0, -sum(p * log2(p) for p in values if p > 0) * log(2) / log(len(values)))


def _share(value: float) -> str:
    return f"{value:.2f}"
