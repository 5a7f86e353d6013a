"""The pipeline as one readable list, its tokenizer, and the architecture of its trained NER."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import spacy
from spacy.language import Language, create_tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

NER = "ner"
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
    NER,
    "eventrisk_entities",
    "eventrisk_cues",
    "eventrisk_votes",
)

BEFORE_NER = COMPONENTS[: COMPONENTS.index(NER)]
TOKENIZER = "eventrisk.Tokenizer.v1"  # as plain spaCy's configs name it
MAX_TEXT_CHARS = 1_000_000_000  # spaCy's own limit is for parsers; here nothing is refused or cut

# Releases glue names to slashes, dashes, brackets and possessives; entity borders must be token
# borders.
INFIXES = (
    r"[/–—+&:;|…=]",
    r"(?<=[A-Za-z0-9])[()\[\],](?=[A-Za-z0-9])",
    r"(?<=[A-Za-z0-9])-(?=[A-Za-z])",
)
# Sizes chosen by experiment (models/EXPERIMENTS.md): F1 against megabytes and speed.
WIDTH, HIDDEN_WIDTH = 48, 32  # units of a token's vector, and of the parser's hidden layer
DEPTH = 2  # CNN layers
# rows of the hash table of each attribute
TABLE_ROWS = {"NORM": 4000, "PREFIX": 1000, "SUFFIX": 2000, "SHAPE": 1500, "TAG": 100}
AFFIXES = ("/", "–", "—", "-", r"\+", "•", "·", r"\*", ">")


def blank() -> Language:
    """An empty English pipeline with our tokenizer."""
    nlp = spacy.blank("en")
    nlp.tokenizer = tokenizer()(nlp)
    nlp.max_length = MAX_TEXT_CHARS
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


def assemble(names: Sequence[str] = COMPONENTS, ner: Mapping[str, Any] | None = None) -> Language:
    """The components of these names in order, untrained; ``ner`` is the config of the NER, by
    default spaCy's own.
    """
    nlp = blank()
    for name in names:
        nlp.add_pipe(name, config=dict(ner or {}) if name == NER else {})
    return nlp


def ner_config(
    width: int = WIDTH, depth: int = DEPTH, hidden: int = HIDDEN_WIDTH, gazetteer: bool = True
) -> dict[str, Any]:
    """The config of spaCy's ``ner`` factory: a small CNN tok2vec over words and gazetteer tags.

    ``width`` and ``hidden`` are units, ``depth`` counts CNN layers; ``gazetteer`` False leaves the
    gazetteer tags (``token.tag_``) out.
    """
    rows = {name: count for name, count in TABLE_ROWS.items() if gazetteer or name != "TAG"}
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": width,
        "attrs": list(rows),
        "rows": list(rows.values()),
        "include_static_vectors": False,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": width,
        "window_size": 1,
        "maxout_pieces": 2,
        "depth": depth,
    }
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": hidden,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode},
    }
    return {"model": model}
