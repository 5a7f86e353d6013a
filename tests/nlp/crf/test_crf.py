"""The chain against all paths written out; tags and spans there and back."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from eventrisk.nlp.crf.chain import Layout, forward_backward, transition_constraints, viterbi
from eventrisk.nlp.crf.view import View, decode_bioes, encode_bioes
from eventrisk.nlp.crf.weights import Weights

TAGS = ["B-x", "E-x", "I-x", "O", "S-x"]
LENGTHS = (3, 1, 4)


def paths(
    scores: np.ndarray, steps: np.ndarray, start: np.ndarray, end: np.ndarray
) -> dict[tuple[int, ...], float]:
    return {
        path: start[path[0]]
        + end[path[-1]]
        + sum(scores[at, tag] for at, tag in enumerate(path))
        + sum(steps[a, b] for a, b in pairwise(path))
        for path in product(range(len(TAGS)), repeat=len(scores))
    }


def test_sums_and_best_paths_are_those_of_all_paths_written_out() -> None:
    rng = np.random.default_rng(0)
    layout = Layout.of(LENGTHS)
    scores = rng.normal(size=(sum(LENGTHS), len(TAGS)))
    fixed, start, end = transition_constraints(TAGS)
    steps = fixed + rng.normal(size=fixed.shape)
    every = [paths(own, steps, start, end) for own in layout.by_sequence(scores)]
    best = viterbi(scores, steps, start, end, layout)
    assert [tuple(path) for path in best] == [max(own, key=lambda p: own[p]) for own in every]
    total, proba, _ = forward_backward(scores, steps, start, end, layout)
    assert total == pytest.approx(sum(np.log(sum(np.exp(list(own.values())))) for own in every))
    first = every[0]
    share = sum(np.exp(v) for p, v in first.items() if p[1] == 3) / sum(
        np.exp(v) for v in first.values()
    )
    assert layout.by_sequence(proba)[0][1, 3] == pytest.approx(share)


def test_a_best_path_is_legal_whatever_the_scores() -> None:
    layout = Layout.of((6,))
    scores = np.zeros((6, len(TAGS)))
    scores[:, TAGS.index("I-x")] = 50
    fixed, start, end = transition_constraints(TAGS)
    (path,) = viterbi(scores, fixed, start, end, layout)
    assert [TAGS[k] for k in path] == ["B-x", "I-x", "I-x", "I-x", "I-x", "E-x"]


def test_spans_survive_their_tags_and_off_the_borders_take_the_tokens_touched() -> None:
    words = ["one", "two", "three", "four"]
    view = View(words, [(0, 3), (4, 7), (8, 13), (14, 18)], ["O"] * 4, [(0, 3), (3, 4)], {})
    assert encode_bioes([(0, 3, "x"), (5, 13, "y")], view) == ["S-x", "B-y", "E-y", "O"]
    assert decode_bioes(encode_bioes([(0, 3, "x"), (5, 13, "y")], view)) == [
        (0, 1, "x"),
        (1, 3, "y"),
    ]
    assert encode_bioes([(8, 18, "x")], view) == ["O"] * 4  # crosses a line


def test_weights_survive_their_bytes() -> None:
    weights = Weights(
        TAGS, {"a": 0, "none": 1}, np.array([[1.0] * 5, [0.0] * 5], dtype=np.float32), np.eye(5)
    )
    again = Weights.from_bytes(weights.to_bytes())
    assert (again.tags, again.columns) == (TAGS, {"a": 0})
    assert np.array_equal(again.emissions, weights.emissions[:1])
    assert np.array_equal(again.transitions, weights.transitions)


def test_weights_that_know_nothing_say_nothing() -> None:
    empty = Weights.from_bytes(
        Weights(["O"], {"a": 0}, np.zeros((1, 1), dtype=np.float32), np.zeros((1, 1))).to_bytes()
    )
    assert empty.predict([[(("a", "b"),), ((),)]]) == [["O", "O"]]
