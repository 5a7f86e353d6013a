"""Rules propose, this model decides: which of the pairs of type and direction leads a release, and
which are told in it at all.

Two linear models weigh the candidates one by one: what the rules found of a pair
(``events.candidates``) and how likely the words of title and lead paragraph make it
(``learn.lead``). Of all candidates one leads, so their scores become chances by a softmax; whether
an event is told is a matter of its own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eventrisk.errors import ModelError
from eventrisk.events import Chance, Findings, Pair, event_features, read_events
from eventrisk.events.candidates import unhappened
from eventrisk.learn.adjusted import EVEN, Sharpness, direction_chances
from eventrisk.learn.lead import LeadModel, features, features_of
from eventrisk.learn.linear import Features, Linear, sigmoid, softmax
from eventrisk.learn.passages import Passage
from eventrisk.reading import Reading
from eventrisk.results import Event

BLOCK = "candidate"
ANSWERS = ("no", "yes")  # of the linear models
BUSINESS: Pair = ("business_other", "neutral")  # always a candidate
BY_WORDS = 4  # of the pairs that the words make likeliest, candidates also where no rule speaks
SURE_WORDS = 0.6  # (0…1) from which a pair is news by its words in a text that tells of plans alone
MIN_CHANCE = 1e-4  # (0…1) a pair that the words make less likely than that counts as this
LOG_SCALE = 0.25  # of log chances, so that they vary about as much as the rules' numbers
PREFIXES = ("words.", "lead.", "listed.")  # of the parts in a state


def candidates(found: Findings, by_words: Mapping[Pair, float]) -> dict[Pair, Features]:
    """The candidates of a release, in order of the alphabet, each with its block of numbers; none
    of a type that did not happen (``events.candidates.unhappened``), and where that is all that the
    front of the text says, no news but what its words make nearly sure.

    ``by_words`` are the chances (0…1) that the words give every pair.
    """
    of_type: dict[str, float] = defaultdict(float)
    for (type_, _), chance in by_words.items():
        of_type[type_] += chance
    ranked = sorted(by_words, key=lambda pair: (-by_words[pair], pair))[:BY_WORDS]
    barred = unhappened(found)
    silent = any("silent" in numbers for numbers in found.values())
    proposed = {*found, *ranked, BUSINESS}
    if barred and silent:
        proposed = {BUSINESS, *(pair for pair in ranked if by_words[pair] >= SURE_WORDS)}
    pairs = sorted(pair for pair in proposed if pair[0] not in barred)
    return {
        pair: {
            BLOCK: {
                **found.get(pair, {}),
                **_of_pair(pair),
                **_of_words(
                    found.get(pair, {}),
                    _log(by_words.get(pair, 0.0)),
                    _log(of_type[pair[0]]),
                    _log(by_words[ranked[0]]),
                ),
            }
        }
        for pair in pairs
    }


def _of_pair(pair: Pair) -> dict[str, float]:
    type_, direction = pair
    return {f"type={type_}": 1.0, f"direction={direction}": 1.0, f"pair={type_} {direction}": 1.0}


def _log(chance: float) -> float:
    return LOG_SCALE * math.log(max(chance, MIN_CHANCE))


def _of_words(
    found: Mapping[str, float], pair: float, type_: float, best: float
) -> dict[str, float]:
    """How likely the words make a pair, its type, and the pair against the likeliest of all; what
    they say counts otherwise where the rules lead with it, say nothing of it, or find no news.
    """
    numbers = {"words_pair": pair, "words_type": type_, "words_behind": pair - best}
    if pair == best:
        numbers["words_first"] = 1.0
    if "rule_lead" in found:
        numbers["words_pair/rule_lead"] = pair
    if "score" not in found:
        numbers |= {"no_cue": 1.0, "words_pair/no_cue": pair}
    if "silent" in found:
        numbers["words_pair/silent"] = pair
    return numbers


@dataclass(frozen=True)
class DecisionModel:
    """``words`` tells pairs by the words, ``lead`` and ``listed`` weigh the candidates.

    ``sharpness`` is that of the leads' log-odds.
    """

    words: LeadModel
    lead: Linear
    listed: Linear
    sharpness: Sharpness = EVEN

    def decide(
        self, reading: Reading, found: Findings, known: Sequence[Passage] | None = None
    ) -> dict[Pair, Chance]:
        """The chances of every candidate of a release; ``known`` are its passages, if they are."""
        terms = features(reading) if known is None else features_of(known)
        rows = candidates(found, self.words.chances(terms))
        return self.chances(rows, self.sharpness.of(reading))

    def chances(self, rows: Mapping[Pair, Features], sharpness: float) -> dict[Pair, Chance]:
        """The chances of candidates given as blocks of numbers; those of leading sum to one."""
        lead, listed = self._log_odds(rows)
        leading, told = softmax(sharpness * lead), sigmoid(listed)
        return {
            pair: Chance(float(lead), float(listed))
            for pair, lead, listed in zip(rows, leading, told, strict=True)
        }

    def _log_odds(
        self, rows: Mapping[Pair, Features]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The log-odds of leading and of being told, ``(n_candidates,)`` each."""
        models = self.lead, self.listed
        if not self._read_the_same:
            lead, listed = (log_odds(model, rows) for model in models)
            return lead, listed
        found = [[part for part in self.lead.columns(row) if len(part[0])] for row in rows.values()]
        lead, listed = (
            np.array([base + sum(float(pull[at] @ values) for at, values in row) for row in found])
            for pull, base in self._pulls
        )
        return lead, listed

    @cached_property
    def _read_the_same(self) -> bool:
        """Whether both models weigh the same terms, so that these are looked up once."""
        one, two = (
            [(b.name, b.terms, b.scale.tolist(), b.weight, b.norm) for b in model.blocks]
            for model in (self.lead, self.listed)
        )
        return one == two

    @cached_property
    def _pulls(self) -> list[tuple[NDArray[np.float64], float]]:
        """What each term ``(n_terms,)``, and none, adds to the log-odds of either model."""
        return [
            (
                (model.coef[1] - model.coef[0]).astype(np.float64),
                float(model.intercept[1]) - float(model.intercept[0]),
            )
            for model in (self.lead, self.listed)
        ]

    def to_state(self) -> dict[str, Any]:
        """Strings, numbers and arrays only."""
        states = (self.words.to_state(), self.lead.to_state(), self.listed.to_state())
        parts = zip(PREFIXES, states, strict=True)
        state = {prefix + key: value for prefix, part in parts for key, value in part.items()}
        return state | self.sharpness.to_state()

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> DecisionModel:
        """The inverse of ``to_state``. Raises ModelError where parts are missing."""
        words, lead, listed = (
            {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}
            for prefix in PREFIXES
        )
        if "sharpness" not in state:
            raise ModelError("the model lacks sharpness; rebuild the bundle with `make models`")
        return cls(
            LeadModel.from_state(words),
            Linear.from_state(lead),
            Linear.from_state(listed),
            Sharpness.from_state(state),
        )


def told(
    reading: Reading,
    model: DecisionModel | None,
    known: Sequence[Passage] | None = None,
    *,
    of_field: bool = False,
) -> tuple[tuple[Event, ...], dict[str, float]]:
    """The events of a reading, by the rules alone where there is no model, and their numbers as
    the classifiers read them. ``of_field`` as in ``read_events``.
    """
    chances: dict[Pair, Chance] = {}

    def decide(found: Findings) -> Mapping[Pair, Chance]:
        assert model is not None
        chances.update(model.decide(reading, found, known))
        return chances

    events = read_events(reading, decide if model else None, of_field=of_field)
    return events, event_features(events, reading.cues) | direction_chances(chances)


def log_odds(model: Linear, rows: Mapping[Pair, Features]) -> NDArray[np.float64]:
    """The log-odds of *yes* for each candidate, ``(n_candidates,)``."""
    scores = np.array([model.scores(row) for row in rows.values()])
    return np.asarray(scores[:, 1] - scores[:, 0], float)
