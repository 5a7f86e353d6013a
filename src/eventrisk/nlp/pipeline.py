"""The pipeline as one readable list, and the tokenizer it stands on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import spacy
from spacy.language import Language, create_tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

COMPONENTS = (
    "eventrisk_sections",
    "eventrisk_sentences",
    "eventrisk_abbreviations",
    "eventrisk_drugs",
    "eventrisk_indications",
    "eventrisk_agencies",
    "eventrisk_companies",
    "eventrisk_terms",
    "eventrisk_hints",
    "ner",
    "eventrisk_entities",
    "eventrisk_cues",
    "eventrisk_votes",
)

TOKENIZER = "eventrisk.Tokenizer.v1"  # as plain spaCy's configs name it
LONGEST = (
    1_000_000_000  # characters; spaCy's own limit is for parsers, here nothing is refused or cut
)

# Releases glue names to slashes, dashes, brackets and possessives; entity borders must be token
# borders.
INFIXES = (
    r"[/–—+&:;|…=]",
    r"(?<=[A-Za-z0-9])[()\[\],](?=[A-Za-z0-9])",
    r"(?<=[A-Za-z0-9])-(?=[A-Za-z])",
)
AFFIXES = ("/", "–", "—", "-", r"\+", "•", "·", r"\*", ">")


def blank() -> Language:
    """An empty English pipeline with our tokenizer."""
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer()(nlp)
    nlp.max_length = LONGEST
    return nlp


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def tokenizer() -> Callable[[Language], Any]:
    """spaCy's tokenizer with the borders that releases need; plain spaCy finds it by the package's
    entry points.
    """
    return _tokenizer


def _tokenizer(nlp: Language) -> Any:
    made: Any = create_tokenizer()(nlp)
    defaults = nlp.Defaults
    made.infix_finditer = compile_infix_regex([*(defaults.infixes or ()), *INFIXES]).finditer
    made.prefix_search = compile_prefix_regex([*(defaults.prefixes or ()), *AFFIXES]).search
    made.suffix_search = compile_suffix_regex([*(defaults.suffixes or ()), *AFFIXES]).search
    made.url_match = None  # a URL test on every token costs more than it gives here
    return made


def assemble(*, ner: bool = True) -> Language:
    """All components in order; the NER, if wanted, is untrained."""
    nlp = blank()
    for name in COMPONENTS:
        if name == "ner" and not ner:
            continue
        nlp.add_pipe(name)
    return nlp
