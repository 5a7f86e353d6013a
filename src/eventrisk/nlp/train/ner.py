"""Trains the NER of a pipeline on labelled texts, with augmentation, on the CPU and with fixed
seeds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, fix_random_seed

from eventrisk.names.augment import Labelled
from eventrisk.stopping import EarlyStopping, Scores

Step = Callable[[Labelled, random.Random], Labelled]
TRAINED = ("own", "ner")
CHUNK = 120  # tokens after which the next sentence end closes a training piece


@dataclass(frozen=True)
class NerSettings:
    """How to train: ``epochs`` over the texts, ``words`` a batch, ``dropout`` 0…1, ``rate`` of
    Adam.

    With dev texts the best epoch is kept and ``patience`` epochs without a better one end the
    training; ``time_budget`` (seconds) ends it between two batches.
    """

    epochs: int = 12
    words: int = 1200
    dropout: float = 0.25
    rate: float = 0.001
    seed: int = 0
    patience: int = 4
    time_budget: float | None = None


def tagger_input(nlp: Language, text: str) -> Doc:
    """A Doc as the taggers see it: all components before the first that is trained have run."""
    doc = nlp.make_doc(text)
    for name, component in nlp.pipeline:
        if name in TRAINED:
            break
        doc = component(doc)
    return doc


def example(nlp: Language, source: Labelled) -> Example:
    """A hinted Doc beside its gold entities; a span off token borders is taken to the borders
    inside it.

    No entity may cross the start of a sentence (spaCy's rule): a start inside one was no start.
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


def pieces(whole: Example) -> Iterator[Example]:
    """The example cut at sentence starts into pieces of about ``CHUNK`` tokens; no entity is
    cut.
    """
    start = 0
    doc = whole.reference
    for index in range(1, len(doc) + 1):
        at_end = index == len(doc)
        inside = not at_end and doc[index].ent_iob_ == "I"
        if at_end or (index - start >= CHUNK and doc[index].is_sent_start and not inside):
            yield Example(whole.predicted[start:index].as_doc(), doc[start:index].as_doc())
            start = index


def varied(source: Labelled, steps: Sequence[tuple[float, Step]], rng: random.Random) -> Labelled:
    """The text after each step was applied with its own probability."""
    for chance, step in steps:
        if rng.random() < chance:
            source = step(source, rng)
    return source


def train_ner(
    nlp: Language,
    texts: Sequence[Labelled],
    steps: Sequence[tuple[float, Step]],
    settings: NerSettings,
    report: Callable[[int, float], None] = lambda epoch, loss: None,
) -> None:
    """Fits ``nlp``'s NER in place; ``report`` gets epoch and loss. Same texts and settings, same
    weights.
    """
    fix_random_seed(settings.seed)
    rng = random.Random(settings.seed)
    plain = [example(nlp, source) for source in texts]
    nlp.initialize(lambda: plain)

    def epoch() -> list[Example]:
        return cut(nlp, [varied(source, steps, rng) for source in texts])

    stopping: EarlyStopping[bytes] = EarlyStopping(
        settings.epochs, settings.time_budget, lambda step, loss, _: report(step - 1, loss)
    )
    fit_epochs(nlp, epoch, settings, stopping, rng, lambda: None)


def cut(nlp: Language, texts: Sequence[Labelled]) -> list[Example]:
    """The texts as training pieces."""
    return [piece for source in texts for piece in pieces(example(nlp, source))]


def fit_epochs(
    nlp: Language,
    epoch: Callable[[], list[Example]],
    settings: NerSettings,
    stopping: EarlyStopping[bytes],
    rng: random.Random,
    measured: Callable[[], Scores | None],
) -> None:
    """Updates the NER with the pieces of one epoch after the other; ``measured`` gives the scores
    on the dev texts.

    What stays are the running means of the weights, steadier than the last ones: those of the best
    epoch where there are scores, else the last. A training cut short by Ctrl-C keeps what there is.
    """
    ner: Any = nlp.get_pipe("ner")
    optimizer = Adam(
        settings.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True
    )
    try:
        for number in range(1, settings.epochs + 1):
            loss = _one_epoch(ner, epoch(), settings, stopping, rng, optimizer)
            with ner.model.use_params(optimizer.averages):
                scores, state = measured(), ner.model.to_bytes()
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
    pieces_now: list[Example],
    settings: NerSettings,
    stopping: EarlyStopping[bytes],
    rng: random.Random,
    optimizer: Any,
) -> float:
    """The loss of an epoch, or of as much of it as there was time for."""
    losses: dict[str, float] = {}
    rng.shuffle(pieces_now)
    for batch in minibatch_by_words(pieces_now, size=settings.words):
        ner.update(batch, drop=settings.dropout, sgd=optimizer, losses=losses)
        if stopping.out_of_time():
            break
    return losses.get("ner", 0.0)


def _keep_averages(ner: Any, optimizer: Any) -> None:
    """Puts the running means of the weights, steadier than the last ones, in their place for
    good.
    """
    with ner.model.use_params(optimizer.averages):
        means = ner.model.to_bytes()
    ner.model.from_bytes(means)


def score(nlp: Language, texts: Sequence[Labelled]) -> dict[str, float]:
    """Exact precision, recall and F1 of the NER alone, over all labels."""
    examples = []
    for source in texts:
        made = example(nlp, source)
        examples.append(Example(nlp.get_pipe("ner")(made.predicted), made.reference))
    scores = Scorer.score_spans(examples, "ents")
    return {name: float(scores[f"ents_{name}"] or 0.0) for name in ("p", "r", "f")}
