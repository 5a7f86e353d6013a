"""Applications, designations, phases and trials: entities that rules alone find. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk import rules as packaged
from eventrisk.names.candidates import Candidate

FILE = "names/terms.toml"
PROBABILITY = (
    0.5  # below every core label's: where both claim the same words, the core entity stands
)


class TermFinder:
    """Finds further entities; ``rules`` default to the packaged ones."""

    def __init__(self, rules: Sequence[packaged.Rule] | None = None) -> None:
        self.rules = tuple(rules) if rules is not None else packaged.rules(FILE)

    def find(self, text: str) -> list[Candidate]:
        """Candidates in clean-text offsets, in order of the rules."""
        return [
            Candidate(
                m.start(), m.end(), str(rule.keys["label"]), m.group().lower(), rule.id, PROBABILITY
            )
            for rule in self.rules
            for m in rule.regex.finditer(text)
        ]
