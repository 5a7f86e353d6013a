"""From cues and votes to today's news, and to the numbers the classifiers read."""

from eventrisk.events.candidates import Chance, Findings, Pair
from eventrisk.events.features import event_features
from eventrisk.events.read import no_news, proposed, read_events

__all__ = ["Chance", "Findings", "Pair", "event_features", "no_news", "proposed", "read_events"]
