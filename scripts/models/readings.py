"""Keeps what the training texts were read as from one build to the next."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import eventrisk
from eventrisk.events import event_features, read_events
from eventrisk.labels import Assertion, SectionKind
from eventrisk.nlp.reader import Reader
from eventrisk.reading import Cue, Mention, Reading, Section, Sentence
from eventrisk.results import Company, Vote

Read = tuple[Reading, dict[str, float]]


class Readings:
    """Readings by text, kept in ``cache`` until the pipeline or the code before the classifiers
    changes.
    """

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
            reading = self._reader.read(cleaned_text, marks=marks, date=date)
            features = event_features(read_events(reading), reading.cues)
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
        sections=tuple(
            Section(SectionKind(s["kind"]), s["start"], s["end"]) for s in data["sections"]
        ),
        sentences=tuple(Sentence(**section(s)) for s in data["sentences"]),
        mentions=tuple(Mention(**section(m)) for m in data["mentions"]),
        cues=tuple(Cue(**{**c, "assertion": Assertion(c["assertion"])}) for c in data["cues"]),
        title=tuple(data["title"]) if data["title"] else None,
        abbreviations=data["abbreviations"],
        company=Company(**data["company"]) if data["company"] else None,
        votes=tuple(Vote(**vote) for vote in data["votes"]),
    )


def _fingerprint(pipeline: Path) -> str:
    """Changes with the pipeline's files and with all code and lexicons but those of the
    classifiers.
    """
    package = Path(eventrisk.__file__).parent
    skipped = {package / "learn", package / "show", package / "cli", package / "export"}
    files = [
        f
        for f in package.rglob("*")
        if f.suffix in (".py", ".tsv", ".toml") and not skipped & set(f.parents)
    ]
    digest = hashlib.sha256()
    for file in sorted([*files, *(f for f in pipeline.rglob("*") if f.is_file())]):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
