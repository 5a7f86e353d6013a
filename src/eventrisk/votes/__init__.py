"""What committees said of a product: statements, tallies and the records they make."""

from eventrisk.votes.read import read_votes

__all__ = ["read_votes"]
