"""What the rounds of a training have given so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.learn.heads import Heads
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.training.train.trainer import Base, Taken


@dataclass
class Outcome:
    """Rows measured so far, by the new models and by the base, and the latest model.

    ``sentiment`` is the head that learnt from very many releases; ``stopped`` tells that the user
    pressed Ctrl-C.
    """

    rows: list[Prediction] = field(default_factory=list)
    base_rows: list[Prediction] = field(default_factory=list)
    latest: Taken | None = None
    sentiment: SentimentModel | None = None
    stopped: bool = False

    @property
    def usable(self) -> bool:
        """Whether there is a model to keep."""
        return self.latest is not None or self.sentiment is not None

    def model(self, base: Base) -> Taken:
        """The latest model with all its heads; what was not trained is the base's."""
        taken = self.latest or Taken(base.reader, base.heads)
        heads: Heads = (
            taken.heads
            if self.sentiment is None
            else replace(taken.heads, sentiment=self.sentiment)
        )
        return replace(taken, heads=heads)
