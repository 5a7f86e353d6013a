"""From cues and votes to today's news, and to the numbers the classifiers read."""

from eventrisk.events.features import event_features
from eventrisk.events.guess import is_silent, with_guess
from eventrisk.events.read import read_events

__all__ = ["event_features", "is_silent", "read_events", "with_guess"]
