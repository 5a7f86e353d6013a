"""A result read in the clean text stands, to the character, in the text as it was passed in."""

from __future__ import annotations

from eventrisk.placement import placed
from eventrisk.results import Catalyst
from eventrisk.sources.clean import clean
from factories import bare

RAW = (
    "<p>All is well.</p>"
    "<p>Norvena expects the <b>FDA&rsquo;s</b> decision in <i>May&nbsp;2021</i>.</p>"
)


def test_a_catalyst_and_its_sentence_are_placed_apart() -> None:
    cleaned = clean(RAW)
    time, sentence = "May 2021", "Norvena expects the FDA's decision in May 2021."
    at, begin = cleaned.text.index(time), cleaned.text.index(sentence)
    plan = Catalyst(
        "approval",
        time,
        None,
        None,
        "month",
        at,
        at + len(time),
        begin,
        begin + len(sentence),
    )
    (found,) = placed(cleaned, bare(text="", catalysts=(plan,))).catalysts
    assert RAW[found.start : found.end] == "May&nbsp;2021"
    assert RAW[found.sentence_start : found.sentence_end].startswith("Norvena expects")
    assert RAW[found.sentence_start : found.sentence_end].endswith("May&nbsp;2021</i>.")
