"""Tone: the attitude that management expresses, whatever the news. Neutral where there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.labels import Direction, SectionKind
from eventrisk.learn import calibrate, stacking
from eventrisk.learn.features import masked, words
from eventrisk.learn.linear import Linear
from eventrisk.learn.sentiment import CLASSES
from eventrisk.lexicon import terms
from eventrisk.reading import Reading
from eventrisk.results import Tone
from eventrisk.voice import attitude_at_top

LEXICON = "tone/words.tsv"
STRONG = 3  # the strength of words that are an attitude by themselves
SPOKEN = (SectionKind.QUOTE,)
WRITTEN = (SectionKind.BODY, SectionKind.HEADLINE, SectionKind.SUBHEADLINE)
TOP_SCORE = 0.5  # 0…1, least score of a tone that only praise in the titles shows
NEWS = {-1.0: "bad news", 0.0: "neutral news", 1.0: "good news"}  # by direction of the lead event
QUOTES = '"“”'


@lru_cache(maxsize=1)
def attitudes() -> dict[str, tuple[str, str, int]]:
    """Each term's direction, the place where it counts, and its strength (1…3)."""
    return {
        " ".join(words(row["term"])): (row["direction"], row["place"], int(row["strength"]))
        for row in terms(LEXICON)
    }


def features(
    reading: Reading, event_features: Mapping[str, float]
) -> dict[str, Mapping[str, float]]:
    """The release as blocks: words of quotes, words of text, and how much attitude of which kind,
    beside the direction of the lead event: the same confidence is more beside bad news.
    """
    spoken: Counter[str] = Counter()
    written: Counter[str] = Counter()
    found: Counter[tuple[str, int]] = Counter()
    has_quote = False
    for sentence in reading.of(*SPOKEN, *WRITTEN):
        text = reading.text[sentence.start : sentence.end]
        quoted = sentence.section in SPOKEN or any(mark in text for mark in QUOTES)
        inside = [m for m in reading.within(sentence.start, sentence.end) if m.end <= sentence.end]
        tokens = words(masked(reading.text, sentence.start, sentence.end, inside))
        (spoken if quoted else written).update(tokens)
        found.update(_attitude_terms(tokens, quoted or "we" in tokens))
        has_quote = has_quote or quoted
    attitude = _attitude(found, has_quote) | _at_top(*attitude_at_top(reading))
    if (direction := event_features.get("lead_direction")) is not None:
        attitude[NEWS[direction]] = 1.0
    return {"spoken": spoken, "written": written, "attitude": attitude}


def _at_top(praise: int, regret: int) -> dict[str, float]:
    """Features of praise and regret in the titles and the first paragraph (sentences)."""
    return {
        "praise at top": float(np.log1p(praise)),
        "regret at top": float(np.log1p(regret)),
        "only praise at top": float(praise > 0 and regret == 0),
        "only regret at top": float(regret > 0 and praise == 0),
    }


def _attitude_terms(tokens: list[str], speaking: bool) -> Counter[tuple[str, int]]:
    """Terms of the lexicon that count in this sentence, by direction and strength."""
    known = attitudes()
    runs = (
        " ".join(tokens[at : at + size])
        for size in (1, 2, 3)
        for at in range(len(tokens) - size + 1)
    )
    found = [known[run] for run in runs if run in known]
    return Counter(
        (direction, strength) for direction, place, strength in found if place == "any" or speaking
    )


def _attitude(found: Counter[tuple[str, int]], has_quote: bool) -> dict[str, float]:
    """Features of the terms found: counts on a log scale, and which side prevails among the strong
    ones.
    """
    counts = {
        f"{way} {strength}": float(np.log1p(n)) for (way, strength), n in sorted(found.items())
    }
    positive = max((strength for way, strength in found if way == "positive"), default=0)
    negative = max((strength for way, strength in found if way == "negative"), default=0)
    return {
        **counts,
        "quote": float(has_quote),
        "no attitude": float(max(positive, negative) < STRONG),
        "regret prevails": float(negative == STRONG > positive),
        "confidence prevails": float(positive == STRONG > negative),
        "regret meets confidence": float(positive == negative == STRONG),
    }


def _with_praise(tone: Tone, praise: int, regret: int) -> Tone:
    """A neutral tone where the titles praise and regret nothing: by the guidelines that is one."""
    if tone.label != str(Direction.NEUTRAL) or not praise or regret:
        return tone
    return Tone(str(Direction.POSITIVE), max(tone.score, TOP_SCORE))


@dataclass(frozen=True)
class ToneModel:
    """A linear model over quotes, text and attitude, the calibration of its scores, and the model
    it was built on.
    """

    linear: Linear
    calibrator: calibrate.Calibrator
    base: ToneModel | None = None

    def predict(self, reading: Reading, event_features: Mapping[str, float]) -> Tone:
        """The label and P(positive) − P(negative)."""
        proba = self.predict_proba(reading, event_features)
        values = dict(zip(CLASSES, map(float, proba), strict=True))
        label = max(CLASSES, key=lambda name: values[name])
        score = round(values["positive"] - values["negative"], 6)
        return _with_praise(Tone(label, score), *attitude_at_top(reading, titles_only=True))

    def predict_proba(
        self, reading: Reading, event_features: Mapping[str, float]
    ) -> NDArray[np.float64]:
        """Calibrated probabilities (0…1), ``(n_classes,)`` in the order of ``CLASSES``."""
        whole = features(reading, event_features)
        if self.base is not None:
            whole[stacking.BLOCK] = stacking.class_log_odds(
                CLASSES, self.base.predict_proba(reading, event_features)
            )
        return self.calibrator(self.linear.scores(whole))

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        state = {**self.linear.to_state(), **calibrate.to_state(self.calibrator)}
        return state | (stacking.to_state(self.base.to_state()) if self.base is not None else {})

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> ToneModel:
        """The inverse of ``to_state``."""
        below = stacking.from_state(state)
        return cls(
            Linear.from_state(state),
            calibrate.from_state(state),
            base=cls.from_state(below) if below else None,
        )
