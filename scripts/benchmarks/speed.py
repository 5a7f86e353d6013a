"""How fast a release is read, as ratios measured side by side in one run: ``make benchmark``.

The yardsticks are spaCy's own: its English tokenizer, and its stock components (tagger, parser,
NER) with random weights, which cost what trained ones cost. All read the same releases on one
thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import spacy
from spacy.language import Language

import eventrisk
from scripts.paths import RELEASES

ROUNDS = 3
LENGTH = 10_000  # characters to which releases are joined, so that all texts are of one length


def texts(count: int = 24) -> list[str]:
    """Texts of ``LENGTH`` characters, made of whole releases of our own with their markup taken
    off.
    """
    words = []
    for path in sorted(RELEASES.glob("*-0[1-9].txt")):
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        for bracket in ("⟧", "⟫"):
            body = body.replace(bracket, "")
        words.append("".join(part.split("|", 1)[-1] for part in body.replace("⟪", "⟦").split("⟦")))
    joined = "\n\n".join(words)
    return [joined[at : at + LENGTH] for at in range(0, count * LENGTH, LENGTH)]


def stock() -> Language:
    """Tagger, parser and NER of spaCy's default sizes over one shared tok2vec."""
    nlp = spacy.blank("en")
    for name, label in (("tagger", "X"), ("parser", "dep"), ("ner", "ent")):
        pipe: Any = nlp.add_pipe(name)
        pipe.add_label(label)
    nlp.initialize()
    return nlp


def per_second(read: Callable[[str], object], releases: list[str]) -> float:
    """Releases a second of processor time, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for text in releases:
            read(text)
        best = min(best, time.process_time() - started)
    return len(releases) / best


def main() -> None:
    """Prints one line for each reader."""
    releases = texts()
    analyzer, tokenizer, whole = eventrisk.load(), spacy.blank("en"), stock()
    rows = {
        "eventrisk, everything": per_second(analyzer, releases),
        "spaCy tokenizer alone": per_second(tokenizer, releases),
        "spaCy tagger + parser + NER": per_second(whole, releases),
    }
    own = rows["eventrisk, everything"]
    for name, speed in rows.items():
        print(f"{name:30s} {speed:8.1f} releases/s   {own / speed:6.2f} × as fast is eventrisk")


if __name__ == "__main__":
    main()
