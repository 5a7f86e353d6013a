"""What the rounds of a training have given so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.learn.sentiment import SentimentModel
from eventrisk.training.train.trainer import Base, FittedModel


@dataclass
class TrainingResult:
    """Rows measured so far, by the new models and by the base, and the latest model.

    ``sentiment`` is the head that was fitted to very many releases; ``stopped`` is True where the
    user pressed Ctrl-C.
    """

    rows: list[Prediction] = field(default_factory=list)
    base_rows: list[Prediction] = field(default_factory=list)
    latest: FittedModel | None = None
    sentiment: SentimentModel | None = None
    stopped: bool = False

    @property
    def usable(self) -> bool:
        """Whether there is a model to keep."""
        return self.latest is not None or self.sentiment is not None

    def model(self, base: Base) -> FittedModel:
        """The latest model with all its heads; what was not trained is the base's."""
        model = self.latest or FittedModel(base.reader, base.heads)
        if self.sentiment is None:
            return model
        return replace(model, heads=replace(model.heads, sentiment=self.sentiment))
