"""Events of medicines alone: the cues that have a medicine, a disease, a trial or a health body in
their reach. Other sectors too file, are approved and hold trials.
"""

from __future__ import annotations

from eventrisk.events.cues import event_rules
from eventrisk.labels import TITLE_SECTIONS, EntityLabel
from eventrisk.reading import Cue, Reading
from eventrisk.rules import fold, rules

NAME = "events/medicine.toml"
FIRST_CHARS = 1200  # in which words of other fields are counted
REACH = 2  # sentences before and after that of a cue
NAMES = (
    EntityLabel.DRUG,
    EntityLabel.INDICATION,
    EntityLabel.AGENCY,
    EntityLabel.APPLICATION,
    EntityLabel.DESIGNATION,
)
BUSINESS = "business_other"


def speaks_of_medicine(reading: Reading) -> bool:
    """Whether a release holds a cue of a medicine (``cues_of_medicines`` left it), or any sentence
    names something of medicine, or speaks of it.
    """
    if any(cue.event != BUSINESS for cue in reading.cues):
        return True
    return any(_shows(reading, number) for number in range(len(reading.sentences)))


def cues_of_medicines(reading: Reading) -> tuple[Cue, ...]:
    """The cues of a reading without those of events that nothing in reach shows to be one of a
    medicine: their sentence, those around it, the titles.
    """
    if not any(cue.event != BUSINESS for cue in reading.cues):
        return reading.cues
    shown: dict[int, bool] = {}

    def shows(number: int) -> bool:
        if number not in shown:
            shown[number] = _shows(reading, number)
        return shown[number]

    def is_of_medicine(cue: Cue) -> bool:
        rule = event_rules().by_id.get(cue.rule)
        if cue.event == BUSINESS or (rule is not None and rule.says("verdict")):
            return True
        low, high = max(0, cue.sentence - REACH), cue.sentence + REACH + 1
        near = range(low, min(high, len(reading.sentences)))
        return shows(cue.sentence) or any(map(shows, near)) or any(map(shows, titles))

    titles = [n for n, s in enumerate(reading.sentences) if s.section in TITLE_SECTIONS]
    return tuple(cue for cue in reading.cues if is_of_medicine(cue))


def words_of_others(reading: Reading) -> dict[str, int]:
    """How many words of other fields stand in the first ``FIRST_CHARS`` of a text, by rule:
    devices, food, other sectors.
    """
    words = fold(reading.text[:FIRST_CHARS])
    return {rule.id: len(rule.regex.findall(words)) for rule in rules(NAME, "other")}


def _shows(reading: Reading, number: int) -> bool:
    """Whether a sentence names something of medicine, or speaks of it."""
    sentence = reading.sentences[number]
    if any(m.label in NAMES for m in reading.within(sentence.start, sentence.end)):
        return True
    words = fold(reading.text[sentence.start : sentence.end])
    return any(rule.regex.search(words) for rule in rules(NAME, "word"))
