"""The chains as a component of a spaCy pipeline: reads a hinted Doc, writes ``doc.ents``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.tokens import Doc, Span

from eventrisk.nlp.crf.passes import Passes
from eventrisk.nlp.crf.view import View, view

FILE = "weights"


class CrfTagger:
    """Finds the entities of a label set of one's own. Without ``passes`` it finds none."""

    def __init__(self, passes: Passes | None = None) -> None:
        self.passes = passes

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it was trained on."""
        return self.passes.labels if self.passes else ()

    def __call__(self, doc: Doc) -> Doc:
        self.set(doc, self.match(view(doc)))
        return doc

    def match(self, seen: View) -> list[tuple[int, int, str]]:
        """Spans as (first token, token after the last, label)."""
        return self.passes.spans(seen) if self.passes else []

    def set(self, doc: Doc, found: list[tuple[int, int, str]]) -> None:
        """Writes the spans as entities, in the place of those that were there."""
        doc.ents = [Span(doc, start, end, label=label) for start, end, label in found]

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The weights."""
        return self.passes.to_bytes() if self.passes else b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> CrfTagger:
        """The inverse of ``to_bytes``."""
        self.passes = Passes.from_bytes(data) if data else None
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Writes the weights into the directory ``path``."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> CrfTagger:
        """The inverse of ``to_disk``."""
        return self.from_bytes((Path(path) / FILE).read_bytes())
