"""Two chains, one after the other: the second reads what the first thinks of the whole text."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eventrisk.nlp.crf.document import FirstPass
from eventrisk.nlp.crf.features import features
from eventrisk.nlp.crf.view import View, decoded
from eventrisk.nlp.crf.weights import Line, Weights

LENGTH = struct.Struct("<Q")


@dataclass(frozen=True)
class Passes:
    """Without a ``second`` chain the ``first`` decides."""

    first: Weights
    second: Weights | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it was trained on."""
        tags = {*self.first.tags, *(self.second.tags if self.second else ())}
        return tuple(sorted({tag[2:] for tag in tags if tag != "O"}))

    def spans(self, seen: View) -> list[tuple[int, int, str]]:
        """The spans that the chains see in a text: (first token, token after the last, label)."""
        return self.read(seen, list(features(seen)))

    def read(
        self, seen: View, lines: Sequence[Line], probable: Sequence[Any] | None = None
    ) -> list[tuple[int, int, str]]:
        """The spans from the features of the lines; ``probable`` is what the first pass said, where
        it was asked.
        """
        if self.second is None:
            tagged = self.first.tagged(lines)
        else:
            said = self.first.probabilities(lines) if probable is None else probable
            more = FirstPass(seen, said, self.first.tags).features()
            tagged = self.second.tagged(
                [together(line, added) for line, added in zip(lines, more, strict=True)]
            )
        out = []
        for (start, _), tags in zip(seen.lines, tagged, strict=True):
            out += [(start + first, start + last, label) for first, last, label in decoded(tags)]
        return out

    def to_bytes(self) -> bytes:
        """The inverse of ``from_bytes``."""
        first = self.first.to_bytes()
        return LENGTH.pack(len(first)) + first + (self.second.to_bytes() if self.second else b"")

    @classmethod
    def from_bytes(cls, data: bytes) -> Passes:
        """Raises ValueError where the data are not what ``to_bytes`` wrote."""
        (length,) = LENGTH.unpack_from(data)
        body, rest = data[LENGTH.size : LENGTH.size + length], data[LENGTH.size + length :]
        return cls(Weights.from_bytes(body), Weights.from_bytes(rest) if rest else None)


def together(line: Line, added: Line) -> Line:
    """The features of a line's tokens with further ones."""
    return [(*groups, *more) for groups, more in zip(line, added, strict=True)]
