"""Sentiment from very many releases: title and lead are cleaned and skimmed, nothing is read beyond
them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from eventrisk.learn import lead
from eventrisk.learn.fit.large import Many, fit_many
from eventrisk.learn.parallel import in_order
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.reading import Reading
from eventrisk.sources.clean import clean
from eventrisk.sources.markup import HIDDEN
from eventrisk.structure.skim import skim, suffices

FRONTS = (
    2_600,
    16_000,
)  # characters as given that are cleaned first; the whole text where they do not suffice


def front(text: str) -> Reading:
    """Title and lead of a release as it was given; offsets are into the clean text of its
    beginning.

    The same sentences as those of the whole text, cleaned and read.
    """
    for most in FRONTS:
        beginning = text[:most]
        if len(text) <= most or any(opening in beginning.lower() for opening, _ in HIDDEN):
            break  # what a comment or a script hides is known only when its end is seen
        reading = skim(clean(beginning).text)
        if suffices(reading):
            return reading
    return skim(clean(text).text)


def fronts(texts: Sequence[str]) -> list[Reading]:
    """The same for many, without the text below the lead."""
    return [_cut(front(text)) for text in texts]


def _cut(reading: Reading) -> Reading:
    end = reading.sentences[-1].end if reading.sentences else 0
    return replace(reading, text=reading.text[:end], sections=())


def lean_sentiment(
    texts: Sequence[str],
    labels: Sequence[str],
    groups: Sequence[str],
    classes: Sequence[str],
    *,
    forms: Sequence[str] | None = None,
    jobs: int | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> tuple[SentimentModel, Many]:
    """The model, and what it was chosen and measured by; ``groups`` (companies) are never divided
    between folds.

    ``jobs`` as in ``learn.parallel``. The model reads words of title and lead with names as they
    stand, no events.
    """
    readings = in_order(fronts, texts, jobs)
    found = fit_many(
        lambda _: lead.parts(next(readings), masking=False),
        labels,
        groups,
        classes,
        forms=forms,
        told=told,
    )
    return SentimentModel(found.linear, found.calibrator, found.confidence, masking=False), found
