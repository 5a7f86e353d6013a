"""The CRF as a component of a spaCy pipeline: reads words and gazetteer tags, writes
``doc.ents``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.tokens import Doc, Span

from eventrisk.nlp.crf.two_stage import TwoStageCrf
from eventrisk.nlp.crf.view import View, view_of

FILE = "weights"


class CrfTagger:
    """Finds the entities of a custom label set. Without a ``crf`` it finds none."""

    def __init__(self, crf: TwoStageCrf | None = None) -> None:
        self.crf = crf

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it was trained on."""
        return self.crf.labels if self.crf else ()

    def __call__(self, doc: Doc) -> Doc:
        self.set(doc, self.match(view_of(doc)))
        return doc

    def match(self, view: View) -> list[tuple[int, int, str]]:
        """Spans as (first token, token after the last, label)."""
        return self.crf.predict(view) if self.crf else []

    def set(self, doc: Doc, spans: list[tuple[int, int, str]]) -> None:
        """Writes the spans as entities, in the place of those that were there."""
        doc.ents = [Span(doc, start, end, label=label) for start, end, label in spans]

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The weights."""
        return self.crf.to_bytes() if self.crf else b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> CrfTagger:
        """The inverse of ``to_bytes``."""
        self.crf = TwoStageCrf.from_bytes(data) if data else None
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Writes the weights into the directory ``path``."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> CrfTagger:
        """The inverse of ``to_disk``."""
        return self.from_bytes((Path(path) / FILE).read_bytes())
