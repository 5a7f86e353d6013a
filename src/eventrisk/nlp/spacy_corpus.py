"""Labelled texts and a config from which plain ``spacy train`` makes the tagger, hints and tokenizer as here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from eventrisk.nlp.augment import Labelled
from eventrisk.nlp.ner import ner_config
from eventrisk.nlp.pipeline import COMPONENTS, TOKENIZER, blank

TAGGER = "ner"
BEFORE = COMPONENTS[: COMPONENTS.index(TAGGER)]  # what the tagger needs to have run
TRAINING: dict[str, Any] = {
    "dropout": 0.25,
    "patience": 1600,
    "max_steps": 20_000,
    "eval_frequency": 100,
    "frozen_components": list(BEFORE),
    "annotating_components": list(BEFORE),
    "score_weights": {"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
}
WORDS = 1200  # of a batch


class Writer:
    """Turns texts into Docs with gold entities, as spaCy's corpora hold them; built once for any number of texts."""

    def __init__(self) -> None:
        self.nlp = _untrained()

    def docs(self, texts: Iterable[Labelled]) -> tuple[list[Doc], int]:
        """The Docs, and how many entities cannot be learnt from: spaCy's are whole tokens of one sentence.

        The tokens of such an entity count as not labelled, neither as entity nor as none.
        """
        docs, lost = [], 0
        for source in texts:
            doc, missed = self._doc(source)
            docs.append(doc)
            lost += missed
        return docs, lost

    def _doc(self, source: Labelled) -> tuple[Doc, int]:
        doc = self.nlp.make_doc(source.text)
        for name in ("eventrisk_sections", "eventrisk_sentences"):
            doc = self.nlp.get_pipe(name)(doc)
        whole, lost = list[Span](), list[Span]()
        for start, end, label in source.spans:
            exact = doc.char_span(start, end, label=label)
            if exact is not None and not any(token.is_sent_start for token in exact[1:]):
                whole.append(exact)
            elif (wide := doc.char_span(start, end, alignment_mode="expand")) is not None:
                lost.append(wide)
        taken = {token.i for span in whole for token in span}
        doc.set_ents(whole, missing=[doc[t.i : t.i + 1] for s in lost for t in s if t.i not in taken])
        return doc, len(lost)


def write_docs(docs: Sequence[Doc], path: Path) -> None:
    """A ``.spacy`` file of words and entities."""
    DocBin(attrs=["ENT_IOB", "ENT_TYPE"], docs=docs).to_disk(path)


def write_config(path: Path, train: str, dev: str) -> None:
    """A whole config of spaCy's; ``train`` and ``dev`` are the corpora, as seen from where it is run."""
    config = _untrained().config
    config["nlp"]["tokenizer"] = {"@tokenizers": TOKENIZER}
    config["paths"].update(train=train, dev=dev)
    config["training"].update(TRAINING)
    config["training"]["batcher"]["size"] = WORDS
    config["training"]["optimizer"]["use_averages"] = True
    config.to_disk(path)


def _untrained() -> Language:
    nlp = blank()
    for name in (*BEFORE, TAGGER):
        nlp.add_pipe(name, config=ner_config() if name == TAGGER else {})
    return nlp
