"""The chain as a component of a spaCy pipeline: reads a hinted Doc, writes ``doc.ents``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.tokens import Doc, Span

from eventrisk.nlp.crf.features import features
from eventrisk.nlp.crf.view import View, decoded, view
from eventrisk.nlp.crf.weights import Weights

FILE = "weights.npz"


class CrfTagger:
    """Finds the entities of a label set of one's own. Without weights it finds none."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it was trained on."""
        return tuple(sorted({tag[2:] for tag in self.weights.tags if tag != "O"})) if self.weights else ()

    def __call__(self, doc: Doc) -> Doc:
        self.set(doc, self.match(view(doc)))
        return doc

    def match(self, seen: View) -> list[tuple[int, int, str]]:
        """Spans as (first token, token after the last, label)."""
        return spans(self.weights, seen) if self.weights else []

    def set(self, doc: Doc, found: list[tuple[int, int, str]]) -> None:
        """Writes the spans as entities, in the place of those that were there."""
        for start, end, _ in found:
            for token in doc[start + 1 : end]:
                if token.is_sent_start:  # no entity may cross the start of a sentence (spaCy's rule)
                    token.is_sent_start = False
        doc.ents = [Span(doc, start, end, label=label) for start, end, label in found]

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The weights."""
        return self.weights.to_bytes() if self.weights else b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> CrfTagger:
        """The inverse of ``to_bytes``."""
        self.weights = Weights.from_bytes(data) if data else None
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Writes the weights into the directory ``path``."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> CrfTagger:
        """The inverse of ``to_disk``."""
        return self.from_bytes((Path(path) / FILE).read_bytes())


def spans(weights: Weights, seen: View) -> list[tuple[int, int, str]]:
    """The spans that the weights see in a text, in token numbers."""
    out = []
    for (start, _), tags in zip(seen.lines, weights.tagged(list(features(seen))), strict=True):
        out += [(start + first, start + last, label) for first, last, label in decoded(tags)]
    return out
