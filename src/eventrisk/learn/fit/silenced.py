"""Readings as texts give them whose wording no rule was made for.

The rules were mended on most of the texts that models are trained on, so they speak there far more
often than they will elsewhere. A model learns how far to trust them from copies in which some of
the rules that spoke are silent.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace

from eventrisk.reading import Reading

SILENT = 0.5  # (0…1) chance that a rule which spoke is silent in the copy, and that the votes are


def silenced(reading: Reading, name: str) -> Reading:
    """A copy without the cues of about half of the rules that spoke, and at times without its
    votes; the same ``name`` draws the same ones.
    """
    seed = int(hashlib.sha256(name.encode()).hexdigest()[:16], 16)
    draw = random.Random(seed)
    gone = {rule for rule in sorted({cue.rule for cue in reading.cues}) if draw.random() < SILENT}
    return replace(
        reading,
        cues=tuple(cue for cue in reading.cues if cue.rule not in gone),
        votes=() if draw.random() < SILENT else reading.votes,
    )
