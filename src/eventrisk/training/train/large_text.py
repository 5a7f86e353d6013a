"""Sentiment from very many releases: only title and lead are cleaned and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from eventrisk.learn import lead
from eventrisk.learn.fit.large import fit_large
from eventrisk.learn.parallel import map_chunks
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.markup import HIDDEN
from eventrisk.reading import Reading
from eventrisk.sources.clean import clean
from eventrisk.structure.skim import skim, suffices

# beginnings of a text, as given, that are tried one after the other before the whole text
FIRST_CHARS = (2_600, 16_000)


def title_and_lead(text: str) -> Reading:
    """Title and lead of a release as it was given; offsets are into the clean text of its
    beginning.

    The same sentences as those of the whole text, cleaned and read.
    """
    for chars in FIRST_CHARS:
        beginning = text[:chars]
        if len(text) <= chars or any(opening in beginning.lower() for opening, _ in HIDDEN):
            break  # what a comment or a script hides is known only when its end is seen
        reading = skim(clean(beginning).text)
        if suffices(reading):
            return reading
    return skim(clean(text).text)


def titles_and_leads(texts: Sequence[str]) -> list[Reading]:
    """The same for many, without the text below the lead."""
    return [_cut(title_and_lead(text)) for text in texts]


def _cut(reading: Reading) -> Reading:
    end = reading.sentences[-1].end if reading.sentences else 0
    return replace(reading, text=reading.text[:end], sections=())


def fit_large_sentiment(
    texts: Sequence[str],
    labels: Sequence[str],
    groups: Sequence[str],
    classes: Sequence[str],
    *,
    n_jobs: int | None = None,
    log: Callable[[str], None] = lambda _: None,
) -> SentimentModel:
    """The sentiment model of very many releases.

    ``texts``, ``labels`` and ``groups`` are ``(n_texts,)``; groups (companies) are never divided
    between folds. ``n_jobs`` as in ``learn.parallel``; ``log`` gets a line at each step. The model
    reads the words of title and lead with names as they stand, and no events.
    """
    readings = map_chunks(titles_and_leads, texts, n_jobs)
    found = fit_large(
        lambda _: lead.features(next(readings), masking=False),
        labels,
        groups,
        classes,
        log=log,
    )
    return SentimentModel(found.linear, found.calibrator, found.confidence, masking=False)
