"""The architecture of the trained NER: a small CNN tok2vec that also reads the finders' hints
(token tags).
"""

from __future__ import annotations

from typing import Any

# Sizes chosen by experiment (models/EXPERIMENTS.md): width, depth and table rows against F1,
# megabytes and speed.
WIDTH, DEPTH, HIDDEN, PIECES = 48, 2, 32, 2
ROWS = {"NORM": 4000, "PREFIX": 1000, "SUFFIX": 2000, "SHAPE": 1500, "TAG": 100}


def ner_config(
    width: int = WIDTH, depth: int = DEPTH, hidden: int = HIDDEN, hints: bool = True
) -> dict[str, Any]:
    """The config of spaCy's ``ner`` factory; ``width`` and ``hidden`` are units, ``depth`` counts
    CNN layers.
    """
    rows = {name: count for name, count in ROWS.items() if hints or name != "TAG"}
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
        "maxout_pieces": PIECES,
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
