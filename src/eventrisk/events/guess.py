"""The classifier's lead event, which stands in where no rule matched any news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eventrisk.events.medicine import speaks_of_medicine
from eventrisk.events.zones import BUSINESS
from eventrisk.labels import Assertion
from eventrisk.reading import Reading
from eventrisk.results import Event
from eventrisk.structure.foreign import is_foreign


def is_silent(events: Sequence[Event], reading: Reading) -> bool:
    """Whether the lead event is ``business_other`` only because no cue of news was found, in a text
    that speaks of medicine; never in one that is not in English.
    """
    if is_foreign(reading.text):
        return False
    lead_event = events[0]
    if lead_event.type != BUSINESS or lead_event.assertion != Assertion.OCCURRED.value:
        return False
    span = (lead_event.start, lead_event.end)
    is_read = any((cue.start, cue.end) == span for cue in reading.cues)
    return not is_read and speaks_of_medicine(reading)


def with_guess(
    events: Sequence[Event], type_: str, direction: str, probability: float
) -> tuple[Event, ...]:
    """The events with the predicted lead event in the place of a silent one; its offsets stay.

    A prediction of ``business_other``, one with a probability (0…1) below 0.4, or one of a type
    that the text negates, plans or states as past changes nothing. Agency and reasons stay unset,
    as nothing in the text was read for them.
    """
    min_probability = 0.4  # below it a prediction says less than no event
    lead_event, *others = events
    is_stated = any(other.type == type_ for other in others)
    if type_ == BUSINESS or probability < min_probability or is_stated:
        return tuple(events)
    return (replace(lead_event, type=type_, direction=direction, probability=probability), *others)
