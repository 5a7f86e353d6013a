"""Finds the words that state how a committee voted or opined, as entities."""

from __future__ import annotations

from collections.abc import Sequence

from eventrisk.labels import Assertion, EntityLabel
from eventrisk.names.candidates import Candidate
from eventrisk.reading import Sentence
from eventrisk.votes.statements import find_statements

FACTUAL = (Assertion.OCCURRED, Assertion.HISTORICAL)


class VoteOutcomeFinder:
    """Applies the wordings of ``votes/outcomes.toml``; planned, possible and denied outcomes are
    none.
    """

    def find(self, text: str, sentences: Sequence[Sentence]) -> list[Candidate]:
        """The statements of outcomes in order of a clean text, free of overlaps; offsets are
        half-open into it.
        """
        probability = 0.92  # how far the wordings can be trusted
        return [
            Candidate(s.start, s.end, EntityLabel.VOTE_OUTCOME, "", f"vote:{s.rule}", probability)
            for s in find_statements(text, sentences)
            if s.assertion in FACTUAL
        ]
