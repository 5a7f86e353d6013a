"""What stands in where no rule found any news: the classifier's guess, kept apart from what words
say outright.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eventrisk.events.zones import NOTHING
from eventrisk.labels import Assertion
from eventrisk.reading import Reading
from eventrisk.results import Event

LEAST = 0.4  # probability below which a guess says less than silence


def is_silent(events: Sequence[Event], reading: Reading) -> bool:
    """Whether the lead is ``business_other`` only because no cue spoke of any news."""
    lead = events[0]
    if lead.type != NOTHING or lead.assertion != Assertion.OCCURRED.value:
        return False
    return not any((cue.start, cue.end) == (lead.start, lead.end) for cue in reading.cues)


def with_guess(
    events: Sequence[Event], event: str, direction: str, probability: float
) -> tuple[Event, ...]:
    """The events with the guessed lead in the place of a silent one; its words stay the title's.

    A guess of ``business_other``, one below ``LEAST``, or one that the words speak of in another
    way changes nothing. Agency and reasons stay unset, as nothing in the text was read for them.
    """
    lead, *others = events
    if event == NOTHING or probability < LEAST or any(other.type == event for other in others):
        return tuple(events)  # what words deny, plan or tell as past has not happened
    return (replace(lead, type=event, direction=direction, probability=probability), *others)
