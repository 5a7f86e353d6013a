"""The pipeline with its NER trained on the labelled texts: the one place that says how."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from spacy.language import Language

from eventrisk import lexicon
from eventrisk.names import augment
from eventrisk.names.augment import Labelled
from eventrisk.nlp.pipeline import COMPONENTS, blank
from eventrisk.nlp.tagger import DEPTH, HIDDEN, WIDTH, ner_config
from eventrisk.nlp.train.ner import NerSettings, Step, train_ner

SHORT = 1500  # characters; below, a text is a headline or a lead
LENGTHS = range(5, 15)  # letters of names from which new ones are made


@dataclass(frozen=True)
class NerPlan:
    """Size of the network, length of the training, and how often each variation is applied
    (0…1).
    """

    width: int = WIDTH
    depth: int = DEPTH
    hidden: int = HIDDEN
    epochs: int = 10
    short_copies: int = (
        2  # how often a headline or lead is read in an epoch, where a whole release is read once
    )
    new_names: float = 1.0  # invented names to swap in, for each drug name of the texts
    dropout: float = 0.25
    seed: int = 0
    swapped_texts: float = 0.5
    swapped_names: float = 0.4
    brackets_off: float = 0.3
    lines_joined: float = 0.3
    wrapped: float = (
        0.05  # rare: the cleaning joins wrapped lines, and only what it misses stays wrapped
    )
    headline_up: float = 0.25
    numbers_rerolled: float = 0.4


def train_pipeline(
    texts: Sequence[Labelled],
    plan: NerPlan,
    report: Callable[[int, float], None] = lambda epoch, loss: None,
) -> Language:
    """All components in order, the NER fitted on clean texts. Same texts and plan, same weights."""
    nlp = blank()
    for name in COMPONENTS:
        nlp.add_pipe(
            name, config=ner_config(plan.width, plan.depth, plan.hidden) if name == "ner" else {}
        )
    # travels with the pipeline, so that a card can tell how it was trained
    nlp.meta["ner_plan"] = {**asdict(plan), "texts": len(texts)}
    repeated = [
        text for text in texts for _ in range(plan.short_copies if len(text.text) < SHORT else 1)
    ]
    settings = NerSettings(epochs=plan.epochs, dropout=plan.dropout, seed=plan.seed)
    train_ner(nlp, repeated, _steps(texts, plan), settings, report)
    return nlp


def _steps(texts: Sequence[Labelled], plan: NerPlan) -> list[tuple[float, Step]]:
    names: dict[str, set[str]] = {"drug": set(), "indication": set()}
    for text in texts:
        for start, end, label in text.spans:
            if label in names:
                names[label].add(text.text[start:end])
    # short forms in capitals stand for something said nearby; swapped, they would stand for nothing
    usable = {
        label: sorted(n for n in found if not n.isupper() or len(n) < 5)
        for label, found in names.items()
    }
    usable["drug"] += _invented(
        round(plan.new_names * len(usable["drug"])), random.Random(plan.seed)
    )
    return [
        (plan.swapped_texts, augment.swap_names(usable, plan.swapped_names)),
        (plan.brackets_off, augment.strip_brackets),
        (plan.lines_joined, augment.join_lines),
        (plan.wrapped, augment.hard_wrap),
        (plan.headline_up, augment.shout_headline),
        (plan.numbers_rerolled, augment.reroll_numbers),
    ]


def _invented(count: int, rng: random.Random) -> list[str]:
    """Names made of known brands (two of three) and of known generics."""
    known: dict[str, list[str]] = {"brand": [], "generic": []}
    for row in lexicon.terms("drugs/drugs.tsv"):
        if row["kind"] in known and row["term"].isalpha() and len(row["term"]) in LENGTHS:
            known[row["kind"]].append(row["term"])
    brands = augment.new_names(sorted(known["brand"]), count * 2 // 3, rng)
    return brands + augment.new_names(sorted(known["generic"]), count - count * 2 // 3, rng)
