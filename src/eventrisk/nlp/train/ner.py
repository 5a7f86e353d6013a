"""Trains the NER of a pipeline on labelled texts, with augmentation, on the CPU and with fixed
seeds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, fix_random_seed

from eventrisk.names.augment import Labelled
from eventrisk.stopping import EarlyStopping, Scores

Augmentation = Callable[[Labelled, random.Random], Labelled]
TRAINED_PIPES = ("own", "ner")
CHUNK_TOKENS = 120  # after so many the next sentence start begins a new training chunk


@dataclass(frozen=True)
class NerSettings:
    """How to train: ``epochs`` over the texts, ``batch_words`` tokens a batch, ``dropout`` 0…1,
    ``learn_rate`` of Adam.

    With dev texts the best epoch is kept and ``patience`` epochs without a better one end the
    training; ``time_budget`` (seconds, None for no limit) ends it between two batches.
    """

    epochs: int = 12
    batch_words: int = 1200
    dropout: float = 0.25
    learn_rate: float = 0.001
    seed: int = 0
    patience: int = 4
    time_budget: float | None = None


def tagger_input(nlp: Language, text: str) -> Doc:
    """A Doc as the taggers see it: all components before the first trained one have run."""
    doc = nlp.make_doc(text)
    for name, component in nlp.pipeline:
        if name in TRAINED_PIPES:
            break
        doc = component(doc)
    return doc


def example(nlp: Language, source: Labelled) -> Example:
    """The taggers' input beside its gold entities; a span off token borders is taken to the borders
    inside it.

    No entity may cross the start of a sentence (spaCy's rule): a start inside one is removed.
    """
    predicted = tagger_input(nlp, source.text)
    spans = [
        predicted.char_span(s, e, label=label, alignment_mode="contract")
        for s, e, label in source.spans
    ]
    whole = [span for span in spans if span is not None]
    for token in (token for span in whole for token in span[1:]):
        token.is_sent_start = False
    reference = predicted.copy()
    reference.set_ents([Span(reference, span.start, span.end, label=span.label_) for span in whole])
    return Example(predicted, reference)


def chunks(whole: Example) -> Iterator[Example]:
    """The example cut at sentence starts into chunks of about ``CHUNK_TOKENS`` tokens; no entity is
    cut.
    """
    start = 0
    doc = whole.reference
    for index in range(1, len(doc) + 1):
        at_end = index == len(doc)
        inside = not at_end and doc[index].ent_iob_ == "I"
        if at_end or (index - start >= CHUNK_TOKENS and doc[index].is_sent_start and not inside):
            yield Example(whole.predicted[start:index].as_doc(), doc[start:index].as_doc())
            start = index


def all_chunks(nlp: Language, texts: Sequence[Labelled]) -> list[Example]:
    """The texts as training chunks."""
    return [chunk for source in texts for chunk in chunks(example(nlp, source))]


def augmented(
    source: Labelled, augmentations: Sequence[tuple[float, Augmentation]], rng: random.Random
) -> Labelled:
    """The text after each augmentation was applied with its own probability (0…1)."""
    for probability, augmentation in augmentations:
        if rng.random() < probability:
            source = augmentation(source, rng)
    return source


def train_ner(
    nlp: Language,
    texts: Sequence[Labelled],
    augmentations: Sequence[tuple[float, Augmentation]],
    settings: NerSettings,
    callback: Callable[[int, float], None] = lambda epoch, loss: None,
) -> None:
    """Fits ``nlp``'s NER in place, from random weights. Same texts and settings, same weights.

    ``callback`` gets the number of each epoch from 0 and its loss.
    """
    fix_random_seed(settings.seed)
    rng = random.Random(settings.seed)
    plain = [example(nlp, source) for source in texts]
    nlp.initialize(lambda: plain)

    def epoch() -> list[Example]:
        return all_chunks(nlp, [augmented(source, augmentations, rng) for source in texts])

    stopping: EarlyStopping[bytes] = EarlyStopping(
        settings.epochs, settings.time_budget, lambda step, loss, _: callback(step - 1, loss)
    )
    fit_epochs(nlp, epoch, settings, stopping, rng, lambda: None)


def fit_epochs(
    nlp: Language,
    epoch: Callable[[], list[Example]],
    settings: NerSettings,
    stopping: EarlyStopping[bytes],
    rng: random.Random,
    dev_scores: Callable[[], Scores | None],
) -> None:
    """Updates the NER with the chunks of one epoch after the other.

    ``dev_scores`` gives the scores on the dev texts, or None where there are none. Kept are the
    running means of the weights, steadier than the last ones: those of the best epoch where there
    are scores, else the last. A training stopped by Ctrl-C keeps what there is.
    """
    ner: Any = nlp.get_pipe("ner")
    optimizer = Adam(
        settings.learn_rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True
    )
    try:
        for number in range(1, settings.epochs + 1):
            loss = _one_epoch(ner, epoch(), settings, stopping, rng, optimizer)
            with ner.model.use_params(optimizer.averages):
                scores, state = dev_scores(), ner.model.to_bytes()
            if stopping.checkpoint_epoch(number, loss, scores, state):
                break
    except KeyboardInterrupt:
        stopping.ended = "interrupt"
        if stopping.best is None:
            _keep_averages(ner, optimizer)
            return
    ner.model.from_bytes(stopping.best)


def _one_epoch(
    ner: Any,
    batches_of: list[Example],
    settings: NerSettings,
    stopping: EarlyStopping[bytes],
    rng: random.Random,
    optimizer: Any,
) -> float:
    """The loss of an epoch, or of as much of it as there was time for."""
    losses: dict[str, float] = {}
    rng.shuffle(batches_of)
    for batch in minibatch_by_words(batches_of, size=settings.batch_words):
        ner.update(batch, drop=settings.dropout, sgd=optimizer, losses=losses)
        if stopping.out_of_time():
            break
    return losses.get("ner", 0.0)


def _keep_averages(ner: Any, optimizer: Any) -> None:
    """Puts the running means of the weights in their place for good."""
    with ner.model.use_params(optimizer.averages):
        means = ner.model.to_bytes()
    ner.model.from_bytes(means)
