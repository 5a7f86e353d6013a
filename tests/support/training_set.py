"""A small training set in our own words: enough to test what the classifiers promise."""

from __future__ import annotations

from eventrisk.events import event_features, read_events
from eventrisk.labels import Assertion, SectionKind
from eventrisk.learn import risk
from eventrisk.learn.fit.examples import Example
from eventrisk.learn.fit.risk import RiskExample
from eventrisk.reading import Cue, Mention, Reading, Sentence

NEWS = {
    "positive": ("FDA approves Velorin for gout", "We are delighted with the approval."),
    "negative": ("FDA rejects Velorin for gout", "We are disappointed by the rejection."),
    "neutral": ("Orlo Pharma to present at a conference", "The talk takes place in May."),
}
RISKS = "Risks include manufacturing delays; competition; and the loss of key employees."


def reading(title: str, quote: str, harbour: str = RISKS) -> Reading:
    """Three sentences, one cue on the title's second word, one drug where it is named."""
    text = f"{title}\n{quote}\n{harbour}"
    kinds = (SectionKind.HEADLINE, SectionKind.QUOTE, SectionKind.SAFE_HARBOUR)
    sentences, at = [], 0
    for words, kind in zip((title, quote, harbour), kinds, strict=True):
        sentences.append(Sentence(at, at + len(words), kind))
        at += len(words) + 1
    drug = text.find("Velorin")
    mentions = (
        (Mention("drug", drug, drug + 7, "Velorin", SectionKind.HEADLINE),) if drug >= 0 else ()
    )
    cue = Cue("r", "approval", "positive", Assertion.OCCURRED, 4, 11, 0)
    return Reading(
        text, None, (), tuple(sentences), mentions, (cue,) if drug >= 0 else (), (0, len(title))
    )


def examples() -> list[Example]:
    """Twelve texts of three kinds, in four groups."""
    made = []
    for number in range(12):
        label = list(NEWS)[number % 3]
        title, quote = NEWS[label]
        read = reading(f"{title} in region {number}", quote)
        seen = tuple(risk.read_clauses(read))
        truth = (("manufacturing_supply",), ("competition",), ("key_personnel",))
        features = event_features(read_events(read), read.cues)
        group = f"g{number // 3}"
        made.append(
            Example(
                f"t{number}",
                group,
                read,
                features,
                label,
                label,
                RiskExample(group, seen, tuple(map(frozenset, truth))),
            )
        )
    return made
