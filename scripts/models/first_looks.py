"""Scores new slices of the corpus with the shipped model before anyone has read them; adds them to
``first_looks.json``.

python -m scripts.models.first_looks SLICE …

A slice is scored once: what it measures is how well texts are read that no rule was mended on and
no model was trained on. The card prints the table; models are calibrated on these slices.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import eventrisk
from eventrisk.labels import TRAINED_LABELS, Direction
from eventrisk.results import Analysis
from scripts.corpus import build
from scripts.corpus.checks import Record
from scripts.models.card import LOOKS
from scripts.paths import RELEASES

OPPOSITES = {str(Direction.POSITIVE), str(Direction.NEGATIVE)}
BINS = 10  # of probabilities, for calibration errors
DECIMALS = 3


class Tally:
    """What was found, missed and made up of one kind of thing."""

    def __init__(self) -> None:
        self.right = self.made_up = self.missed = 0

    def add(self, gold: Iterable[Hashable], predicted: Iterable[Hashable]) -> None:
        """Counts one text; things that occur twice count twice."""
        wanted, found = Counter(gold), Counter(predicted)
        right = (wanted & found).total()
        self.right += right
        self.made_up += found.total() - right
        self.missed += wanted.total() - right

    @property
    def f1(self) -> float | None:
        """F1 (0…1), None where there was nothing to find and nothing was found."""
        whole = 2 * self.right + self.made_up + self.missed
        return round(2 * self.right / whole, DECIMALS) if whole else None


def looked_at(slices: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The figures of each slice, by name."""
    found: dict[str, list[Record]] = {name: [] for name in slices}
    for path in sorted(RELEASES.glob("*.txt")):
        name = path.stem.rsplit("-", 1)[0]
        if name in found:
            found[name].append(build.read(path))
    if missing := [name for name, records in found.items() if not records]:
        raise SystemExit(f"data/releases has no slice {', '.join(missing)}")
    model = eventrisk.load()
    return {
        name: figures([(r, model(r["text"], date=r["date"])) for r in records])
        | {"model": model.provenance.model_sha256[:12]}
        for name, records in found.items()
    }


def figures(read: Sequence[tuple[Record, Analysis]]) -> dict[str, Any]:
    """Names, events with direction, votes and catalysts as F1; lead events and sentiment; all in
    0…1. Catalysts agree in type and window, votes in body and direction.
    """
    names, events, votes, catalysts = Tally(), Tally(), Tally(), Tally()
    for record, result in read:
        names.add(
            map(tuple, record["entities"]),
            ((e.start, e.end, e.label) for e in result.entities if e.label in TRAINED_LABELS),
        )
        events.add(
            {(e["type"], e["direction"]) for e in record["events"]},
            {(e.type, e.direction) for e in result.news},
        )
        today = [v for v in result.votes if v.assertion == "occurred"]
        votes.add(
            ((v["body"], v["direction"]) for v in record["votes"]),
            ((v.body, v.direction) for v in today),
        )
        catalysts.add(
            ((c["type"], c["earliest"], c["latest"]) for c in record["catalysts"]),
            ((c.type, c.earliest, c.latest) for c in result.catalysts),
        )
    return {
        "n": len(read),
        "names": names.f1,
        "events": events.f1,
        "votes": votes.f1,
        "catalysts": catalysts.f1,
        **_of_lead_events(read),
        **_of_sentiment(read),
    }


def _of_lead_events(read: Sequence[tuple[Record, Analysis]]) -> dict[str, float]:
    """The share of lead events whose type is right, and the calibration error of type and
    direction.
    """
    pairs = [(record["events"][0], result.news[0]) for record, result in read]
    right = [(gold["type"], gold["direction"]) == (e.type, e.direction) for gold, e in pairs]
    chances = [e.probability for _, e in pairs]
    return {
        "lead": round(sum(gold["type"] == e.type for gold, e in pairs) / len(pairs), DECIMALS),
        "lead_ece": _off(chances, right),
    }


def _of_sentiment(read: Sequence[tuple[Record, Analysis]]) -> dict[str, float]:
    """Macro-F1 over the classes that occur, the share with the opposite sign, and the calibration
    error.
    """
    pairs = [(record["sentiment"], result.sentiment.label) for record, result in read]
    scores = []
    for label in sorted({gold for gold, _ in pairs}):
        of_class = Tally()
        for gold, predicted in pairs:
            of_class.add([label] if gold == label else [], [label] if predicted == label else [])
        scores.append(of_class.f1 or 0.0)
    chances = [max(result.sentiment.probabilities.values()) for _, result in read]
    opposite = sum({gold, predicted} == OPPOSITES for gold, predicted in pairs)
    return {
        "sentiment": round(sum(scores) / len(scores), DECIMALS),
        "wrong_sign": round(opposite / len(pairs), DECIMALS),
        "ece": _off(chances, [gold == predicted for gold, predicted in pairs]),
    }


def _off(chances: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error (0…1): how far probabilities and shares of right ones lie
    apart.
    """
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for chance, is_right in zip(chances, right, strict=True):
        bins[min(BINS - 1, int(chance * BINS))].append((chance, is_right))
    apart = (abs(sum(c for c, _ in part) - sum(r for _, r in part)) for part in bins.values())
    return round(sum(apart) / len(right), DECIMALS)


def known() -> dict[str, dict[str, Any]]:
    """The slices that were scored before anyone read them, with their figures."""
    return json.loads(LOOKS.read_text(encoding="utf-8")) if LOOKS.is_file() else {}


def main(slices: Sequence[str]) -> None:
    """Scores slices that are not known yet."""
    before = known()
    if again := [name for name in slices if name in before]:
        raise SystemExit(f"scored before, so this would be no first look: {', '.join(again)}")
    after = before | looked_at(slices)
    LOOKS.write_text(json.dumps(after, indent=1) + "\n", encoding="utf-8")
    for name in slices:
        print(name, after[name])


if __name__ == "__main__":
    main(sys.argv[1:])
