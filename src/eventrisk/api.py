"""The only place that puts the stages together: text in, ``Analysis`` out.

clean → spaCy pipeline → reading → votes, events, catalysts → sentiment, tone, risk → offsets back
to the text given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from eventrisk.catalysts import read_catalysts
from eventrisk.dates import parse_iso
from eventrisk.errors import EmptyTextError, EventRiskError, NotTextError
from eventrisk.events import event_features, is_silent, read_events, with_guess
from eventrisk.learn.bundle import Bundle, find
from eventrisk.learn.heads import Heads
from eventrisk.names.vocabulary import Terms, Vocabulary, vocabulary
from eventrisk.nlp.reader import Reader
from eventrisk.placement import placed
from eventrisk.results import Analysis, Failure, Provenance
from eventrisk.scoring import risk_score, spin
from eventrisk.sources.clean import clean
from eventrisk.voice import sponsor_speaks

Record = str | Mapping[str, Any]
"""A release: its text, or a mapping with ``text`` and, where known, ``date`` and ``id``."""


class Analyzer:
    """A loaded model: call it with a text, or stream many through it. Safe to reuse; it keeps
    nothing between calls.
    """

    def __init__(self, reader: Reader, heads: Heads, provenance: Provenance) -> None:
        self._reader, self._heads, self.provenance = reader, heads, provenance
        self._model_settings = provenance.settings_sha256  # without terms of the user's own

    @classmethod
    def of(cls, bundle: Bundle) -> Self:
        """The model of an audited bundle. Raises ModelError for a file that cannot be read."""
        return cls(Reader.load(bundle.pipeline), bundle.heads(), bundle.provenance())

    def with_terms(self, terms: Terms) -> Analyzer:
        """The same model with further terms of the user's own (see ``load``); this one stays as it
        is. Raises LexiconError for terms that cannot be used, or that say otherwise of a term than
        those it has.
        """
        return self._knowing(vocabulary(terms))

    def _knowing(self, terms: Vocabulary) -> Analyzer:
        known = self._reader.terms.plus(terms)
        settings = hashlib.sha256(f"{self._model_settings} {known.sha256}".encode()).hexdigest()
        made = Analyzer(
            self._reader.with_terms(known),
            self._heads,
            replace(self.provenance, settings_sha256=settings),
        )
        made._model_settings = self._model_settings
        return made

    def __call__(
        self, text: str, *, date: str | None = None, doc_id: str | None = None
    ) -> Analysis:
        """Reads one release.

        ``text`` is plain text, HTML or Markdown; offsets of the result count its characters as they
        are given, from 0, ``end`` behind the last. ``date`` is the release's own date
        (``YYYY-MM-DD``); without it the dateline is read. ``doc_id`` is what the result is called;
        without it the first 12 hex digits of the text's sha256. Raises NotTextError for what is no
        ``str``, EmptyTextError for white space alone, and DateError for a date that is none.
        """
        _check(text)
        given = parse_iso(date).isoformat() if date is not None else None
        cleaned = clean(text)
        if not cleaned.text.strip():
            raise EmptyTextError
        reading = self._reader.read(cleaned.text, marks=cleaned.marks, date=given)
        events = read_events(reading)
        judged = self._heads.predict(reading, event_features(events, reading.cues))
        if self._heads.lead is not None and is_silent(events, reading):
            events = with_guess(events, *self._heads.lead.predict(reading))
        return placed(
            cleaned,
            Analysis(
                doc_id=doc_id if doc_id is not None else _fingerprint(text),
                title=reading.text[slice(*reading.title)] if reading.title else None,
                date=reading.date,
                company=reading.company,
                entities=self._reader.entities(reading),
                sentiment=judged.sentiment,
                tone=judged.tone,
                spin=spin(
                    judged.tone.score, judged.sentiment.score, speaks=sponsor_speaks(reading)
                ),
                events=events,
                votes=reading.votes,
                catalysts=read_catalysts(reading),
                risk_factors=judged.risk_factors,
                risk_score=risk_score(judged.sentiment, events, judged.risk_factors),
                provenance=self.provenance,
            ),
        )

    def many(self, records: Iterable[Record]) -> Iterator[Analysis | Failure]:
        """Reads a stream lazily and in order, one result a record.

        ``records`` are texts, or mappings with ``text`` and, where known, ``date`` and ``id`` (or
        ``doc_id``); other keys are passed over. A record that cannot be read yields a Failure in
        its place and the stream goes on; it is called ``record-N``, N from 0, where it has no id.
        """
        for number, record in enumerate(records):
            yield self._one(record, number)

    def _one(self, record: Record, number: int) -> Analysis | Failure:
        doc_id: str | None = None
        try:
            if isinstance(record, Mapping):
                doc_id = _identity(record)
                return self(record.get("text"), date=record.get("date") or None, doc_id=doc_id)  # type: ignore[arg-type]
            return self(record)
        except EventRiskError as error:
            return Failure(doc_id or f"record-{number}", str(error), type(error).__name__)


Model = str | Path | Analyzer
"""A model: the name of a bundle, its folder, or an Analyzer that was loaded before."""


def load(model: Model = "default", *, terms: Terms | None = None) -> Analyzer:
    """A reusable Analyzer: ``model`` is a bundle's name or folder; an Analyzer is returned as it
    is.

    ``terms`` are drugs, indications, agencies and companies that it is to know as well: a TSV file
    with the columns ``term``, ``label`` and, where wanted, ``canonical``, or mappings with these
    keys; an Analyzer's own terms stay. They are part of ``provenance.settings_sha256``. The four
    models used last stay loaded. Raises ModelError when there is none of that name or in that
    folder, or it was altered, and LexiconError for terms that cannot be used.
    """
    analyzer = _loaded(model) if isinstance(model, str | Path) else model
    return analyzer if terms is None else _with_terms(analyzer, vocabulary(terms))


@lru_cache(maxsize=4)
def _with_terms(analyzer: Analyzer, terms: Vocabulary) -> Analyzer:
    return analyzer._knowing(terms)


@lru_cache(maxsize=4)
def _loaded(model: str | Path) -> Analyzer:
    return Analyzer.of(find(model))


def analyze(text: str, *, date: str | None = None, doc_id: str | None = None) -> Analysis:
    """Reads one release with the default model, which the first call loads.

    ``text`` is plain text, HTML or Markdown; offsets of the result count its characters as they are
    given, from 0, ``end`` behind the last. ``date`` is the release's own date (``YYYY-MM-DD``);
    without it the dateline is read. ``doc_id`` is what the result is called; without it the first
    12 hex digits of the text's sha256. Raises NotTextError, EmptyTextError and DateError.
    """
    return load()(text, date=date, doc_id=doc_id)


def analyze_many(records: Iterable[Record]) -> Iterator[Analysis | Failure]:
    """Reads a stream of releases with the default model, lazily and in order, one result a record.

    ``records`` are texts, or mappings with ``text`` and, where known, ``date`` and ``id``. A record
    that cannot be read yields a Failure in its place and the stream goes on.
    """
    return load().many(records)


def _check(text: object) -> None:
    if not isinstance(text, str):
        raise NotTextError(text)
    if not text.strip():
        raise EmptyTextError


def _identity(record: Mapping[str, Any]) -> str | None:
    value = record.get("doc_id", record.get("id"))
    return None if value is None else str(value)


def _fingerprint(text: str) -> str:
    """Twelve hex digits that stay the same for the same text; lone surrogates count as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
