"""Reads the training texts with the pipeline, keeps the readings for the next build, and makes examples of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import eventrisk
from eventrisk.events import event_features, read_events
from eventrisk.labelled import Labelled
from eventrisk.labels import Assertion, SectionKind
from eventrisk.learn import risk
from eventrisk.learn.fit_risk import RiskExample
from eventrisk.learn.folds import slice_of
from eventrisk.learn.report import UNKNOWN
from eventrisk.learn.train import Example, align
from eventrisk.nlp.reader import Reader
from eventrisk.reading import Cue, Mention, Reading, Section, Sentence
from eventrisk.sources.clean import CleanText, clean

SHORT = ("headline", "lead")  # forms that have no safe harbour
LEAD_CHARACTERS = 600
SHORTENED_WEIGHT = 0.5
TITLES = (SectionKind.HEADLINE, SectionKind.SUBHEADLINE)

Read = tuple[Reading, dict[str, float]]


class Readings:
    """Readings by text, kept in ``cache`` until the pipeline or the code before the classifiers changes."""

    def __init__(self, reader: Reader, pipeline: Path, cache: Path | None) -> None:
        self._reader, self._cache, self._kept = reader, cache, dict[str, dict[str, Any]]()
        self._key = _fingerprint(pipeline)
        if cache is not None and cache.is_file():
            kept = json.loads(cache.read_text(encoding="utf-8"))
            self._kept = kept["readings"] if kept["key"] == self._key else {}

    def read(self, cleaned_text: str, marks: Sequence[int], date: str | None) -> Read:
        """The reading of a clean text and the features of its events."""
        key = hashlib.sha256(f"{date} {cleaned_text}".encode()).hexdigest()
        if key not in self._kept:
            reading, _, votes = self._reader.read(cleaned_text, marks=marks, date=date)
            features = event_features(read_events(reading, votes), reading.cues)
            self._kept[key] = {"reading": asdict(reading), "features": features}
        kept = self._kept[key]
        return from_dict(kept["reading"]), kept["features"]

    def keep(self) -> None:
        """Writes the cache, if there is one."""
        if self._cache is not None:
            content = json.dumps({"key": self._key, "readings": self._kept}, ensure_ascii=False)
            self._cache.write_text(content, encoding="utf-8")


def from_dict(data: Mapping[str, Any]) -> Reading:
    """The inverse of ``asdict`` for a reading."""

    def section(values: Mapping[str, Any]) -> dict[str, Any]:
        return {**values, "section": SectionKind(values["section"])}

    return Reading(
        text=data["text"],
        date=data["date"],
        sections=tuple(Section(SectionKind(s["kind"]), s["start"], s["end"]) for s in data["sections"]),
        sentences=tuple(Sentence(**section(s)) for s in data["sentences"]),
        mentions=tuple(Mention(**section(m)) for m in data["mentions"]),
        cues=tuple(Cue(**{**c, "assertion": Assertion(c["assertion"])}) for c in data["cues"]),
        title=tuple(data["title"]) if data["title"] else None,
        abbreviations=data["abbreviations"],
    )


def examples(records: Iterable[Labelled], readings: Readings) -> Iterator[Example]:
    """One example a record, and shortened copies of long ones so that headlines and leads alone are judged well."""
    for record in records:
        cleaned = clean(record.text)
        reading, features = readings.read(cleaned.text, cleaned.marks, record.date)
        yield Example(
            id=record.id,
            group=slice_of(record.id),
            reading=reading,
            event_features=features,
            sentiment=record.sentiment,
            tone=record.tone,
            form=record.form or UNKNOWN,
            risk=None if record.form in SHORT else _risk_example(record, reading, cleaned),
            lead=_lead(record),
        )
        for end in _shorter_ends(reading) if record.form != "headline" else ():
            short, short_features = readings.read(
                cleaned.text[:end], [m for m in cleaned.marks if m <= end], record.date
            )
            yield Example(
                id=f"{record.id}:{end}",
                group=slice_of(record.id),
                reading=short,
                event_features=short_features,
                sentiment=record.sentiment,
                form=record.form or UNKNOWN,
                weight=SHORTENED_WEIGHT,
                whole=False,
            )


def _lead(record: Labelled) -> str | None:
    """Type and direction of the leading event, if events are labelled."""
    return f"{record.events[0]['type']} {record.events[0]['direction']}" if record.events else None


def _risk_example(record: Labelled, reading: Reading, cleaned: CleanText) -> RiskExample | None:
    if record.risk_clauses is None:
        return None
    seen = tuple(risk.see(reading))
    truth = align([s.clause for s in seen], record.risk_clauses, cleaned.raw_span)
    return RiskExample(slice_of(record.id), seen, truth)


def _shorter_ends(reading: Reading) -> Iterator[int]:
    """Where the title ends, and where the lead does, if the text goes on well beyond."""
    titles = [s for s in reading.sentences if s.section in TITLES]
    if not titles:
        return
    if len(reading.text) > titles[-1].end + 100:
        yield titles[-1].end
    beyond = [s for s in reading.sentences if s.start > titles[-1].end]
    lead = [s.end for s in beyond if s.end - beyond[0].start < LEAD_CHARACTERS]
    if lead and len(reading.text) > lead[-1] + 500:
        yield lead[-1]


def _fingerprint(pipeline: Path) -> str:
    """Changes with the pipeline's files and with all code and lexicons but those of the classifiers."""
    package = Path(eventrisk.__file__).parent
    skipped = {package / "learn", package / "show", package / "cli", package / "export"}
    files = [f for f in package.rglob("*") if f.suffix in (".py", ".tsv", ".toml") and not skipped & set(f.parents)]
    digest = hashlib.sha256()
    for file in sorted([*files, *(f for f in pipeline.rglob("*") if f.is_file())]):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
