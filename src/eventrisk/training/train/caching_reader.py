"""A reader that reads each text once: a training looks at the same text with several sets of
classifiers.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.events import event_features, read_events
from eventrisk.nlp.reader import Reader
from eventrisk.reading import Reading


class RememberingReader(Reader):
    """Keeps what it read; a reading takes about as much memory as ten times its text."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader.nlp)
        self._kept: dict[tuple[str, str | None], Reading] = {}

    def read(self, text: str, *, marks: Sequence[int] = (), date: str | None = None) -> Reading:
        """As ``Reader.read``; the marks of a text are always the same."""
        key = text, date
        if key not in self._kept:
            self._kept[key] = super().read(text, marks=marks, date=date)
        return self._kept[key]

    def featured(
        self, text: str, marks: Sequence[int], date: str | None
    ) -> tuple[Reading, dict[str, float]]:
        """The reading of a clean text and the features of its events, which is what the classifiers
        learn from.
        """
        reading = self.read(text, marks=marks, date=date)
        return reading, event_features(read_events(reading), reading.cues)
