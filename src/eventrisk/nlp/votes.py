"""The component that writes committee outcomes onto the Doc; the reading of them is in
``eventrisk.votes``.
"""

from __future__ import annotations

from spacy.tokens import Doc

from eventrisk.nlp import attributes
from eventrisk.nlp.convert import to_reading
from eventrisk.records import plain
from eventrisk.results import Vote
from eventrisk.votes import read_votes


class VoteReader:
    """Writes one plain dict for each committee outcome."""

    def __call__(self, doc: Doc) -> Doc:
        self.set(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> tuple[Vote, ...]:
        """The outcomes, with clean-text offsets."""
        return read_votes(to_reading(doc))

    def set(self, doc: Doc, votes: tuple[Vote, ...]) -> None:
        """Stores the outcomes as dicts of plain values."""
        attributes.write(doc, "votes", [plain(vote) for vote in votes])
