"""Two chains, one after the other (Krishnan and Manning, ACL 2006): the second reads what the first
predicts for the whole text.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from eventrisk.nlp.crf.features import features
from eventrisk.nlp.crf.stage_two import StageTwoFeatures
from eventrisk.nlp.crf.view import View, decode_bioes
from eventrisk.nlp.crf.weights import Line, Weights

HEADER = struct.Struct("<Q")  # the length in bytes of the first chain, little-endian


@dataclass(frozen=True)
class TwoStageCrf:
    """Without a ``second`` chain the ``first`` decides."""

    first: Weights
    second: Weights | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it was trained on, in order of the alphabet."""
        tags = {*self.first.tags, *(self.second.tags if self.second else ())}
        return tuple(sorted({tag[2:] for tag in tags if tag != "O"}))

    def predict(self, view: View) -> list[tuple[int, int, str]]:
        """The entities of a text: (first token, token after the last, label)."""
        lines: list[Line] = list(features(view))
        if self.second is None:
            tagged = self.first.predict(lines)
        else:
            proba = self.first.predict_proba(lines)
            added = StageTwoFeatures(view, proba, self.first.tags).lines()
            tagged = self.second.predict(
                [joined(line, more) for line, more in zip(lines, added, strict=True)]
            )
        entities = []
        for (start, _), tags in zip(view.lines, tagged, strict=True):
            entities += [(start + at, start + end, label) for at, end, label in decode_bioes(tags)]
        return entities

    def to_bytes(self) -> bytes:
        """The inverse of ``from_bytes``."""
        first = self.first.to_bytes()
        return HEADER.pack(len(first)) + first + (self.second.to_bytes() if self.second else b"")

    @classmethod
    def from_bytes(cls, data: bytes) -> TwoStageCrf:
        """Raises ValueError where the data are not what ``to_bytes`` wrote."""
        (length,) = HEADER.unpack_from(data)
        body, rest = data[HEADER.size : HEADER.size + length], data[HEADER.size + length :]
        return cls(Weights.from_bytes(body), Weights.from_bytes(rest) if rest else None)


def joined(line: Line, added: Line) -> Line:
    """The features of a line's tokens with further ones."""
    return [(*groups, *more) for groups, more in zip(line, added, strict=True)]
