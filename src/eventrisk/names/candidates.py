"""What a finder hands on: one possible entity, in clean-text offsets."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """A candidate span. ``source`` names rule or list; ``probability`` (0…1) is how far that source
    can be trusted.
    """

    start: int
    end: int
    label: str
    canonical: str
    source: str
    probability: float
