"""A reader that reads each text once: a training fits several sets of classifiers to the same
texts.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.nlp.reader import Reader
from eventrisk.reading import Reading


class CachingReader(Reader):
    """Keeps what it read; a reading takes about ten times the memory of its text."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader.nlp, reader.terms)
        self._cache: dict[tuple[str, str | None, str | None], Reading] = {}

    def read(
        self,
        text: str,
        *,
        marks: Sequence[int] = (),
        date: str | None = None,
        date_else: str | None = None,
    ) -> Reading:
        """As ``Reader.read``; the marks of a text are always the same."""
        key = text, date, date_else
        if key not in self._cache:
            self._cache[key] = super().read(text, marks=marks, date=date, date_else=date_else)
        return self._cache[key]
