"""spaCy's NER of our architecture, decoded in arrays: the same entities in a fraction of the time.

Outside an entity the transition system's state is the next token alone, so one matrix product
scores every token that begins, is, or lies outside an entity, and only entities are walked word
by word. A word's vector is worked out once a text, and a long text is read in stretches.
Architecture and rules of validity: spaCy 3.8, ``TransitionBasedParser.v2`` with ``state_type``
``ner`` and ``spacy.MultiHashEmbed.v2``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

Floats = NDArray[np.float32]

FEATURES = 3  # of a state: its next token, the first of the open entity, the one before the next
STRETCH = 4096  # tokens read at once; a stretch sees the words around it, so borders change nothing
OUT = "O"
EMBEDDING = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")
REDUCED = ["list2array", "linear"]  # what follows the words' vectors
VARIANCE = 1e-8  # what thinc adds to it in a layer's normalization


@dataclass(frozen=True)
class Moves:
    """The numbers of the transitions: of each label's, and of none."""

    labels: tuple[str, ...]
    begin: NDArray[np.intp]
    inside: NDArray[np.intp]
    last: NDArray[np.intp]
    unit: NDArray[np.intp]
    out: int
    count: int = 0

    @classmethod
    def of(cls, names: list[str]) -> Moves:
        """From spaCy's names: ``B-drug``, ``O``."""
        at = {name: number for number, name in enumerate(names)}
        labels = tuple(name[2:] for name in names if name.startswith("B-"))
        begin, inside, last, unit = (
            np.array([at[f"{move}-{label}"] for label in labels], dtype=np.intp) for move in "BILU"
        )
        return cls(labels, begin, inside, last, unit, at[OUT], len(names))


class ArrayTagger:
    """Does to a Doc what the pipe does; made by ``of``. The weights stay the pipe's own, so one
    that is trained further is read as it then is.
    """

    def __init__(self, pipe: Any) -> None:
        self.pipe = pipe
        words, _, self._linear = pipe.model.get_ref("tok2vec").layers
        self._extract, _, tables, mix, _ = words.get_ref("embed").layers
        self._tables, self._mix = tables.layers[0], mix.layers[0]
        encoder = words.get_ref("encode").layers[0]
        self._layers = [
            tuple(_within(layer, name) for name in ("maxout", "layernorm"))
            for layer in encoder.layers
        ]
        self._moves: Moves | None = None

    @classmethod
    def of(cls, nlp: Language, name: str) -> ArrayTagger | None:
        """For the pipe of this name, None where it is missing, or of another build."""
        pipe: Any = nlp.get_pipe(name) if name in nlp.pipe_names else None
        fits = type(pipe) is EntityRecognizer and _is_ours(pipe.model)
        return cls(pipe) if fits else None

    def __call__(self, doc: Doc) -> Doc:
        """Writes ``doc.ents``; entities that are there already are spaCy's to weigh."""
        if len(doc) == 0 or doc.has_annotation("ENT_IOB"):
            by_spacy: Doc = self.pipe(doc)
            return by_spacy
        entities = [
            Span(doc, start, end, label=label)
            for start, end, label in self._entities(doc, self._vectors(doc), self._known_moves())
        ]
        doc.set_ents(entities, default="outside")
        return doc

    def _known_moves(self) -> Moves:
        """The numbers of the transitions as the pipe has them now; a label may have been added."""
        system = self.pipe.moves  # its list of names leaves one out, so each is asked for
        if self._moves is None or self._moves.count != system.n_moves:
            self._moves = Moves.of([system.get_class_name(n) for n in range(system.n_moves)])
        return self._moves

    def _vectors(self, doc: Doc) -> Floats:
        """One row a token, seen with its neighbours."""
        rows = np.ascontiguousarray(doc.to_array(self._extract.attrs["columns"]))
        as_one = rows.view([("", rows.dtype)] * rows.shape[1]).ravel()
        _, first, which = np.unique(as_one, return_index=True, return_inverse=True)
        known = self._mix.predict(self._tables.predict(rows[first]))
        layers = [Convolution.of(maxout, norm) for maxout, norm in self._layers]
        margin = len(layers)
        padded = np.zeros((len(doc) + 2 * margin, known.shape[1]), dtype=np.float32)
        padded[margin : margin + len(doc)] = known[which]
        parts = [
            _convolved(padded[start : start + STRETCH + 2 * margin], layers)[margin:-margin]
            for start in range(0, len(doc), STRETCH)
        ]
        weights, bias = (self._linear.get_param(name) for name in ("W", "b"))
        vectors: Floats = np.concatenate(parts) @ weights.T + bias
        return vectors

    def _entities(self, doc: Doc, vectors: Floats, moves: Moves) -> Iterator[tuple[int, int, str]]:
        """First token, token after the last, label of each entity, in order."""
        scorer = Scorer(self.pipe.model, vectors)
        starts, spaces = (doc.to_array(name) == 1 for name in ("SENT_START", "IS_SPACE"))
        ends = np.append(starts[1:], True)  # no entity goes on behind these tokens
        first = _first_moves(scorer.outside(), moves, spaces, ends)
        open_until = 0
        for token in np.flatnonzero(first != moves.out).tolist():
            if token < open_until:
                continue
            units = np.flatnonzero(moves.unit == first[token])
            if units.size:
                open_until = token + 1
                yield token, open_until, moves.labels[units[0]]
                continue
            label = int(np.flatnonzero(moves.begin == first[token])[0])
            choices = moves.inside[label], moves.last[label]
            open_until = token + 1
            while not ends[open_until] and scorer.goes_on(token, open_until, *choices):
                open_until += 1
            open_until += 1
            yield token, open_until, moves.labels[label]


def _first_moves(
    scores: Floats, moves: Moves, spaces: NDArray[np.bool_], ends: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """The move of every token that no open entity holds. White space begins nothing, and what
    would go on into the next sentence is one token long.
    """
    allowed = np.full(scores.shape, -np.inf, dtype=np.float32)
    allowed[:, moves.out] = scores[:, moves.out]
    for columns, barred in ((moves.unit, spaces), (moves.begin, spaces | ends)):
        allowed[np.ix_(~barred, columns)] = scores[np.ix_(~barred, columns)]
    best: NDArray[np.intp] = allowed.argmax(axis=1)
    return best


class Scorer:
    """The parser's two layers over the tokens of one text."""

    def __init__(self, model: Any, vectors: Floats) -> None:
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        weights = lower.get_param("W")  # features × units × pieces × inputs
        self.units, self.pieces = weights.shape[1:3]
        parts = weights.reshape(FEATURES, self.units * self.pieces, -1)
        self.next, self.first, self.before = (vectors @ part.T for part in parts)
        self.padding = lower.get_param("pad").reshape(FEATURES, -1)
        self.bias = lower.get_param("b").reshape(-1)
        self.weights, self.out_bias = upper.get_param("W"), upper.get_param("b")

    def outside(self) -> Floats:
        """Scores of every move (tokens × moves) where no entity is open."""
        sums = self.next + (self.padding[1] + self.padding[2] + self.bias)
        scores: Floats = self._hidden(sums) @ self.weights.T + self.out_bias
        return scores

    def goes_on(self, first: int, token: int, inside: int, last: int) -> bool:
        """Whether the entity that began at ``first`` goes on behind ``token``."""
        sums = self.next[token] + self.first[first] + self.before[token - 1] + self.bias
        hidden = self._hidden(sums)
        of_inside, of_last = (
            float(hidden @ self.weights[move] + self.out_bias[move]) for move in (inside, last)
        )
        return of_inside > of_last or (of_inside == of_last and inside < last)

    def _hidden(self, sums: Floats) -> Floats:
        """The larger of each unit's pieces."""
        larger: Floats = sums.reshape(*sums.shape[:-1], self.units, self.pieces).max(axis=-1)
        return larger


@dataclass(frozen=True)
class Convolution:
    """A layer of the window encoder: maxout over three words, normalized, added to its input."""

    weights: Floats  # inputs × (units · pieces)
    bias: Floats
    pieces: int
    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, maxout: Any, norm: Any) -> Convolution:
        """From thinc's ``maxout`` behind a window of one word, and the ``layernorm`` after it."""
        units, pieces, _ = maxout.get_param("W").shape
        weights = maxout.get_param("W").reshape(units * pieces, -1).T
        bias = maxout.get_param("b").reshape(-1)
        return cls(weights, bias, pieces, norm.get_param("G"), norm.get_param("b"))

    def __call__(self, rows: Floats) -> Floats:
        """One row a token; beyond both ends there is nothing."""
        width = rows.shape[1]
        around = np.zeros((len(rows), 3 * width), dtype=np.float32)
        around[1:, :width] = rows[:-1]
        around[:, width : 2 * width] = rows
        around[:-1, 2 * width :] = rows[1:]
        sums = (around @ self.weights + self.bias).reshape(len(rows), -1, self.pieces)
        best = sums[:, :, 0]
        for piece in range(1, self.pieces):
            best = np.maximum(best, sums[:, :, piece])
        best = best - best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best) / width + np.float32(VARIANCE)
        best *= (1 / np.sqrt(spread))[:, np.newaxis]
        seen: Floats = rows + (best * self.gain + self.shift)
        return seen


def _convolved(rows: Floats, layers: list[Convolution]) -> Floats:
    for layer in layers:
        rows = layer(rows)
    return rows


def _within(layer: Any, name: str) -> Any:
    """The first node of a model with this name."""
    return next(node for node in layer.walk() if node.name == name)


def _is_ours(model: Any) -> bool:
    """Whether a parser's model has the parts that are worked out here, each as spaCy builds it."""
    if not model.attrs["has_upper"] or model.attrs["unseen_classes"]:
        return False
    lower, reduced = model.get_ref("lower"), model.get_ref("tok2vec")
    if lower.get_dim("nF") != FEATURES or [x.name for x in reduced.layers[1:]] != REDUCED:
        return False
    words = reduced.layers[0]
    if not {"embed", "encode"} <= set(words.ref_names):
        return False
    embed, encode = words.get_ref("embed"), words.get_ref("encode")
    names = tuple(layer.name.split("(")[0] for layer in embed.layers)
    windows = [node for node in encode.walk() if node.name == "expand_window"]
    return (
        names == EMBEDDING
        and bool(windows)
        and all(node.attrs["window_size"] == 1 for node in windows)
        and not any(node.name == "mish" for node in encode.walk())
    )
