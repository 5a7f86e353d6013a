"""Labelled texts and a config from which plain ``spacy train`` makes the tagger, with gazetteer
features and tokenizer as here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from eventrisk.names.augment import Labelled, SpanLabel
from eventrisk.nlp.pipeline import BEFORE_NER, NER, TOKENIZER, assemble, ner_config

TRAINING: dict[str, Any] = {
    "dropout": 0.25,
    "patience": 1600,
    "max_steps": 20_000,
    "eval_frequency": 100,
    "frozen_components": list(BEFORE_NER),
    "annotating_components": list(BEFORE_NER),
    "score_weights": {"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
}
BATCH_WORDS = 1200  # tokens of a training batch


class Writer:
    """Turns texts into Docs with gold entities, as spaCy's corpora hold them; built once for any
    number of texts.
    """

    def __init__(self) -> None:
        self.nlp = assemble((*BEFORE_NER, NER), ner_config())

    def doc(self, source: Labelled) -> tuple[Doc, list[SpanLabel]]:
        """The Doc, and the spans that spaCy cannot learn: its entities are whole tokens of one
        sentence.

        The tokens of such a span count as not labelled, neither as entity nor as none.
        """
        doc = self.nlp.make_doc(source.text)
        for name in ("eventrisk_sections", "eventrisk_sentences"):
            doc = self.nlp.get_pipe(name)(doc)
        whole, lost = list[Span](), list[SpanLabel]()
        for start, end, label in source.spans:
            exact = doc.char_span(start, end, label=label)
            if exact is not None and not any(token.is_sent_start for token in exact[1:]):
                whole.append(exact)
            else:
                lost.append((start, end, label))
        taken = {token.i for span in whole for token in span}
        wide = [doc.char_span(start, end, alignment_mode="expand") for start, end, _ in lost]
        open_tokens = {token.i for span in wide if span is not None for token in span} - taken
        doc.set_ents(whole, missing=[doc[i : i + 1] for i in sorted(open_tokens)])
        return doc, lost


def write_docs(docs: Sequence[Doc], path: Path) -> None:
    """A ``.spacy`` file of words and entities."""
    DocBin(attrs=["ENT_IOB", "ENT_TYPE"], docs=docs).to_disk(path)


def write_config(nlp: Language, path: Path, train: str, dev: str) -> None:
    """A whole config for ``nlp``; ``train`` and ``dev`` are the corpora, as seen from where it is
    run.
    """
    config = nlp.config
    config["nlp"]["tokenizer"] = {"@tokenizers": TOKENIZER}
    config["paths"].update(train=train, dev=dev)
    config["training"].update(TRAINING)
    config["training"]["batcher"]["size"] = BATCH_WORDS
    config["training"]["optimizer"]["use_averages"] = True
    config.to_disk(path)
