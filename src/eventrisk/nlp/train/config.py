"""The training config of the default pipeline: the NER on the labelled texts, with augmentation."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from spacy.language import Language

from eventrisk import lexicon
from eventrisk.names import augment
from eventrisk.names.augment import Labelled
from eventrisk.nlp.pipeline import DEPTH, HIDDEN_WIDTH, WIDTH, assemble, ner_config
from eventrisk.nlp.train.ner import Augmentation, NerSettings, train_ner

SHORT_CHARS = 1500  # below, a text is a headline or a lead
NAME_LETTERS = range(5, 15)  # of known names from which new ones are made


@dataclass(frozen=True)
class NerConfig:
    """Size of the network, length of the training, and how often each augmentation is applied.

    ``width``, ``depth`` and ``hidden`` as in ``nlp.pipeline.ner_config``. ``short_copies`` is how
    often a headline or lead is read in an epoch, where a whole release is read once; ``new_names``
    the number of invented names to swap in, for each drug name of the texts. From
    ``swapped_texts`` on all are probabilities (0…1): of the texts in which names are swapped, of
    each name in these, and of the other augmentations of a text. ``wrapped`` is rare, since
    cleaning joins wrapped lines and only what it misses stays wrapped.
    """

    width: int = WIDTH
    depth: int = DEPTH
    hidden: int = HIDDEN_WIDTH
    epochs: int = 10
    short_copies: int = 2
    new_names: float = 1.0
    dropout: float = 0.25
    seed: int = 0
    swapped_texts: float = 0.5
    swapped_names: float = 0.4
    brackets_off: float = 0.3
    lines_joined: float = 0.3
    wrapped: float = 0.05
    headline_up: float = 0.25
    numbers_rerolled: float = 0.4


def train_pipeline(
    texts: Sequence[Labelled],
    config: NerConfig,
    callback: Callable[[int, float], None] = lambda epoch, loss: None,
) -> Language:
    """All components in order, the NER fitted on clean texts. Same texts and config, same weights.

    ``callback`` gets the number of each epoch from 0 and its loss.
    """
    nlp = assemble(ner=ner_config(config.width, config.depth, config.hidden))
    # travels with the pipeline, so that a card can tell how it was trained
    nlp.meta["ner_plan"] = {**asdict(config), "texts": len(texts)}
    repeated = [
        text
        for text in texts
        for _ in range(config.short_copies if len(text.text) < SHORT_CHARS else 1)
    ]
    settings = NerSettings(epochs=config.epochs, dropout=config.dropout, seed=config.seed)
    train_ner(nlp, repeated, _augmentations(texts, config), settings, callback)
    return nlp


def _augmentations(
    texts: Sequence[Labelled], config: NerConfig
) -> list[tuple[float, Augmentation]]:
    """Each augmentation with its probability."""
    return [
        (config.swapped_texts, augment.swap_names(_names(texts, config), config.swapped_names)),
        (config.brackets_off, augment.strip_brackets),
        (config.lines_joined, augment.join_lines),
        (config.wrapped, augment.hard_wrap),
        (config.headline_up, augment.shout_headline),
        (config.numbers_rerolled, augment.reroll_numbers),
    ]


def _names(texts: Sequence[Labelled], config: NerConfig) -> dict[str, list[str]]:
    """The names to swap in, by label: those of the texts, and invented drugs."""
    by_label: dict[str, set[str]] = {"drug": set(), "indication": set()}
    for text in texts:
        for start, end, label in text.spans:
            if label in by_label:
                by_label[label].add(text.text[start:end])
    # short forms in capitals stand for a name nearby; swapped, they would stand for nothing
    names = {
        label: sorted(name for name in names if not name.isupper() or len(name) < 5)
        for label, names in by_label.items()
    }
    count = round(config.new_names * len(names["drug"]))
    names["drug"] += _invented(count, random.Random(config.seed))
    return names


def _invented(count: int, rng: random.Random) -> list[str]:
    """Names made of known brands (two of three) and of known generics."""
    known: dict[str, list[str]] = {"brand": [], "generic": []}
    for row in lexicon.terms("drugs/drugs.tsv"):
        term = row["term"]
        if row["kind"] in known and term.isalpha() and len(term) in NAME_LETTERS:
            known[row["kind"]].append(term)
    brands = augment.new_names(sorted(known["brand"]), count * 2 // 3, rng)
    return brands + augment.new_names(sorted(known["generic"]), count - count * 2 // 3, rng)
