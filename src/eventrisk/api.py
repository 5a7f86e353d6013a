"""The only place that puts the stages together: text in, ``Analysis`` out.

clean → spaCy pipeline → reading → votes, events, catalysts → sentiment, tone, risk → offsets back
to the text given.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from operator import length_hint
from pathlib import Path
from typing import Any, Self

from eventrisk.catalysts import read_catalysts
from eventrisk.dates import Day, read_given
from eventrisk.errors import EmptyTextError, EventRiskError, InputWarning, NotTextError
from eventrisk.learn.bundle import Bundle, find
from eventrisk.learn.heads import Heads
from eventrisk.names.vocabulary import Terms, Vocabulary, vocabulary
from eventrisk.nlp.reader import Reader
from eventrisk.placement import placed
from eventrisk.results import Analysis, Failure, Provenance
from eventrisk.scoring import risk_score, spin
from eventrisk.sources.clean import clean
from eventrisk.sources.facts import with_ticker
from eventrisk.sources.file_names import refuse_file_name
from eventrisk.sources.formats import AS_NAMED, Columns
from eventrisk.sources.keys import is_missing
from eventrisk.sources.records import (
    Records,
    Release,
    advice_on,
    fingerprint,
    one_release,
    releases,
)
from eventrisk.training.progress import Progress, listening
from eventrisk.voice import sponsor_speaks


class Analyzer:
    """A loaded model: call it with a text, or stream many through it. Safe to reuse; it keeps
    nothing between calls.
    """

    def __init__(
        self, reader: Reader, heads: Heads, provenance: Provenance, bundle: Bundle | None = None
    ) -> None:
        self._reader, self._heads, self.provenance = reader, heads, provenance
        self._model_settings = provenance.settings_sha256  # without terms of the user's own
        self.bundle = bundle

    @classmethod
    def of(cls, bundle: Bundle) -> Self:
        """The model of an audited bundle. Raises ModelError for a file that cannot be read."""
        return cls(Reader.load(bundle.pipeline), bundle.heads(), bundle.provenance(), bundle)

    @property
    def n_own_terms(self) -> int:
        """How many terms of the user's own it knows (see ``load``)."""
        return len(self._reader.terms)

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
            self.bundle,
        )
        made._model_settings = self._model_settings
        return made

    def __call__(
        self, text: str | Path, *, date: Day | None = None, doc_id: str | None = None
    ) -> Analysis:
        """Reads one release.

        ``text`` is plain text, HTML or Markdown, or the ``Path`` of a file that holds one release;
        offsets of the result count its characters as they are given, from 0, ``end`` behind the
        last. ``date`` is the release's own date, as text (``YYYY-MM-DD``, a time behind it is left
        off), ``date``, ``datetime`` or ``Timestamp``; without it the dateline is read, and so it is
        where only a year is given, with an InputWarning. ``doc_id`` is what the result is called;
        without it the file's path, or the first 12 hex digits of the text's sha256. Raises
        NotTextError for what is no ``str``, EmptyTextError for white space alone, InputError for a
        string that names a file and for a file that is no release, and DateError for a date that is
        none.
        """
        release = one_release(text) if isinstance(text, Path) else Release(None, text, None, {})
        given = release._replace(
            date=release.date if is_missing(date) else date,
            doc_id=release.doc_id if doc_id is None else doc_id,
        )
        return self._read(given, Once())

    def _read(self, release: Release, once: Once) -> Analysis:
        """Raises EventRiskError, where there is nothing to read or the date is none."""
        text = _checked(release)
        date = None if release.date is None else once.day(release.date)
        cleaned = clean(text)
        if not cleaned.text.strip():
            raise EmptyTextError
        reading = self._reader.read(
            cleaned.text, marks=cleaned.marks, date=date, date_else=cleaned.facts.date
        )
        judged = self._heads.predict(reading)
        return placed(
            cleaned,
            Analysis(
                doc_id=fingerprint(text) if release.doc_id is None else release.doc_id,
                title=reading.text[slice(*reading.title)] if reading.title else None,
                date=reading.date,
                company=with_ticker(reading.company, cleaned.facts.company),
                entities=self._reader.entities(reading),
                sentiment=judged.sentiment,
                tone=judged.tone,
                spin=spin(
                    judged.tone.score, judged.sentiment.score, speaks=sponsor_speaks(reading)
                ),
                events=judged.events,
                votes=reading.votes,
                catalysts=read_catalysts(reading),
                risk_factors=judged.risk_factors,
                risk_score=risk_score(judged.direction, judged.events, judged.risk_factors),
                provenance=self.provenance,
                relevance=judged.relevance,
                meta=release.meta,
            ),
        )

    def many(
        self, records: Records, *, columns: Columns = AS_NAMED, progress: Progress = True
    ) -> Iterator[Analysis | Failure]:
        """Reads many releases lazily and in order, one result a record.

        ``records`` is an iterable of texts and mappings, a frame (pandas, Polars, Arrow), or the
        ``Path`` of a file or folder, as ``eventrisk.read`` takes it. A mapping or row has ``text``
        and, where known, ``title`` (read as the headline above the text), ``date`` and ``id`` (or
        ``doc_id``); its further keys are the ``meta`` of the result. ``columns`` maps other names
        to ours: ``{"body": "text"}``. ``progress`` (see ``Progress``) counts the records read.

        A record that cannot be read yields a Failure in its place and the stream goes on. Without
        an id a record is called ``record-N``, N from 0, and a bare text by its sha256. Where only a
        year is given for a date, the dateline is read; that, and an id that stands for more than
        one record, is said once by an InputWarning. Raises InputError for what is no stream of
        records and DataError for columns that are not there.
        """
        return self._many(releases(records, columns), length_hint(records), progress)

    def _many(
        self, found: Iterable[Release | Failure], total: int, progress: Progress
    ) -> Iterator[Analysis | Failure]:
        once = Once()
        with listening(progress) as listener:
            listener.stage("reading", total or None)
            for number, release in enumerate(found):
                result = (
                    release if isinstance(release, Failure) else self._one(release, number, once)
                )
                listener.advance(min(number + 1, total) if total else number + 1)
                yield result

    def _one(self, release: Release, number: int, once: Once) -> Analysis | Failure:
        name = f"record-{number}" if release.doc_id is None else release.doc_id
        once.name(name)
        try:
            return self._read(release._replace(doc_id=name) if release.has_keys else release, once)
        except EventRiskError as error:
            return Failure(name, str(error), type(error).__name__, release.meta)


class Once:
    """What is said of a stream once, however often it occurs."""

    def __init__(self) -> None:
        self._said: set[str] = set()
        self._named: set[int] = set()

    def day(self, value: Any) -> str | None:
        """A date in ISO form, None for a year or a month alone. Raises DateError."""
        given = read_given(value)
        if given.day is not None:
            return given.day.isoformat()
        self._warn(
            "date",
            f"date: {given.words!r} is no day; releases with such a date are read without it, by "
            f"their dateline",
        )
        return None

    def name(self, doc_id: str) -> None:
        """Notes what a record is called; tables of records with one name cannot be joined."""
        mark = hash(doc_id)
        if mark in self._named:
            self._warn(
                "name",
                f"id: {doc_id!r} stands for more than one record; by their doc_id such records "
                f"are not told apart",
            )
        self._named.add(mark)

    def _warn(self, kind: str, message: str) -> None:
        if kind not in self._said:
            warnings.warn(message, InputWarning, stacklevel=2)
        self._said.add(kind)


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


def analyze(text: str | Path, *, date: Day | None = None, doc_id: str | None = None) -> Analysis:
    """Reads one release with the default model, which the first call loads.

    ``text`` is plain text, HTML or Markdown, or the ``Path`` of a file that holds one release;
    offsets of the result count its characters as they are given, from 0, ``end`` behind the last.
    ``date`` is the release's own date, as text (``YYYY-MM-DD``, a time behind it is left off),
    ``date``, ``datetime`` or ``Timestamp``; without it the dateline is read. ``doc_id`` is what the
    result is called; without it the file's path, or the first 12 hex digits of the text's sha256.
    Raises NotTextError, EmptyTextError, InputError for the name of a file, and DateError.
    """
    return load()(text, date=date, doc_id=doc_id)


def analyze_many(
    records: Records, *, columns: Columns = AS_NAMED, progress: Progress = True
) -> Iterator[Analysis | Failure]:
    """Reads many releases with the default model, lazily and in order, one result a record.

    ``records`` is an iterable of texts and mappings (``text``; where known ``title``, ``date``,
    ``id``; any further keys, which the result keeps as ``meta``), a frame (pandas, Polars, Arrow),
    or the ``Path`` of a file or folder; ``eventrisk.read`` makes records of files. ``columns`` maps
    other names to ours: ``{"body": "text"}``. ``progress`` (see ``Progress``) counts the records
    read. A record that cannot be read yields a Failure in its place and the stream goes on. Raises
    InputError for what is no stream of records, such as a string.
    """
    return load().many(records, columns=columns, progress=progress)


def _checked(release: Release) -> str:
    """The text to be read. Raises NotTextError, EmptyTextError, and InputError for a file name."""
    text = release.text
    if not isinstance(text, str):
        raise NotTextError(text, advice_on(release))
    if not text.strip():
        raise EmptyTextError
    refuse_file_name(text)
    return text
