"""Tone: the attitude that management voices, whatever the news. Neutral where none is voiced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from eventrisk.labels import SectionKind
from eventrisk.learn import calibrate
from eventrisk.learn.features import masked, words
from eventrisk.learn.linear import Linear
from eventrisk.learn.sentiment import CLASSES
from eventrisk.lexicon import terms
from eventrisk.reading import Reading
from eventrisk.results import Tone

LEXICON = "tone_words.tsv"
SPOKEN = (SectionKind.QUOTE,)
WRITTEN = (SectionKind.BODY, SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
QUOTES = '"“”'


@lru_cache(maxsize=1)
def attitudes() -> dict[str, tuple[str, str]]:
    """Each term's direction and the place where it counts."""
    return {" ".join(words(row["term"])): (row["direction"], row["place"]) for row in terms(LEXICON)}


def parts(reading: Reading) -> dict[str, Mapping[str, float]]:
    """The release as blocks: words of quotes, words of text, and how much attitude of which kind."""
    spoken: Counter[str] = Counter()
    written: Counter[str] = Counter()
    voiced: Counter[str] = Counter()
    said = False
    for sentence in reading.of(*SPOKEN, *WRITTEN):
        text = reading.text[sentence.start : sentence.end]
        quoted = sentence.section in SPOKEN or any(mark in text for mark in QUOTES)
        inside = [m for m in reading.mentions if sentence.start <= m.start and m.end <= sentence.end]
        tokens = words(masked(reading.text, sentence.start, sentence.end, inside))
        (spoken if quoted else written).update(tokens)
        voiced.update(_voiced(tokens, quoted or "we" in tokens))
        said = said or quoted
    return {"spoken": spoken, "written": written, "attitude": _measures(voiced, said)}


def _voiced(tokens: list[str], speaking: bool) -> Counter[str]:
    """Terms of the lexicon that count in this sentence, by direction."""
    known = attitudes()
    runs = [" ".join(tokens[at : at + size]) for size in (1, 2, 3) for at in range(len(tokens) - size + 1)]
    found = [known[run] for run in runs if run in known]
    return Counter(f"{direction} {place}" for direction, place in found if place == "any" or speaking)


def _measures(voiced: Counter[str], said: bool) -> dict[str, float]:
    """Counts on a log scale: the first word of attitude says more than the tenth."""
    measures = {kind: float(np.log1p(count)) for kind, count in sorted(voiced.items())}
    positive, negative = voiced["positive any"], voiced["negative any"]
    return {
        **measures,
        "quote": float(said),
        "no attitude": float(not positive and not negative),
        "regret prevails": float(negative > positive),
        "confidence prevails": float(positive > negative),
    }


@dataclass(frozen=True)
class ToneModel:
    """A linear model over quotes, text and attitude, and the calibration of its scores."""

    linear: Linear
    calibrator: calibrate.Calibrator

    def judge(self, reading: Reading) -> Tone:
        """The label and P(positive) − P(negative)."""
        chances = self.calibrator(self.linear.scores(parts(reading)))
        values = dict(zip(CLASSES, map(float, chances), strict=True))
        label = max(CLASSES, key=lambda name: values[name])
        return Tone(label, round(values["positive"] - values["negative"], 6))

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        return {**self.linear.to_state(), **calibrate.to_state(self.calibrator)}

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> ToneModel:
        """The inverse of ``to_state``."""
        return cls(Linear.from_state(state), calibrate.from_state(state))
