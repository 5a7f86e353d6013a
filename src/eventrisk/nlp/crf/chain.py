"""Inference in linear chains, all sequences at once: forward-backward and Viterbi.

Rows are laid out by position in the sequence: all first tokens (the longest sequence first), then
all second ones and so on, so that one step of a recursion is one matrix product. ``Layout`` holds
where each position begins.

Shapes used below: ``scores`` ``(n_tokens, n_tags)`` in rows of the layout, ``transitions``
``(n_tags, n_tags)`` from tag to next tag, ``start`` and ``end`` ``(n_tags,)``; all are logs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

FORBIDDEN = -1e4  # log score of a transition that is not allowed


@dataclass(frozen=True)
class Layout:
    """``order`` ``(n_sequences,)``: sequences from the longest to the shortest, by number from 0;
    ``active`` ``(n_positions,)``: how many reach each position.
    """

    order: list[int]
    active: list[int]

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Layout:
        """The layout of sequences of these lengths, each 1 or more."""
        order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
        ends = np.bincount(np.array(lengths, dtype=int))
        return cls(order, [int(ends[at + 1 :].sum()) for at in range(len(ends) - 1)])

    @cached_property
    def rows(self) -> list[slice]:
        """The rows of each position."""
        bounds = np.concatenate([[0], np.cumsum(self.active)]).tolist()
        return [slice(start, end) for start, end in pairwise(bounds)]

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """The sequence and the position in it that each row stands for."""
        return [(self.order[k], at) for at, count in enumerate(self.active) for k in range(count)]

    def by_sequence(self, values: Any) -> list[Any]:
        """Row-wise values ``(n_tokens, …)`` as one array a sequence, each with the tokens of its
        sequence, in the order of the sequences. Raises ValueError for another number of rows.
        """
        out: list[list[Any]] = [[] for _ in self.order]
        for (sequence, _), value in zip(self.places, values, strict=True):
            out[sequence].append(value)
        return [np.array(rows) for rows in out]


def transition_constraints(tags: Sequence[str]) -> tuple[Any, Any, Any]:
    """What the BIOES scheme allows, as scores 0 or ``FORBIDDEN``.

    Returns those of transitions ``(n_tags, n_tags)``, from tag to next tag, of starting and of
    ending with a tag ``(n_tags,)``.
    """

    def opens(tag: str) -> bool:
        return tag[0] in "OBS"

    def closes(tag: str) -> bool:
        return tag[0] in "OES"

    def fits(a: str, b: str) -> bool:
        return opens(b) if closes(a) else not opens(b) and a[2:] == b[2:]

    steps = np.array([[0.0 if fits(a, b) else FORBIDDEN for b in tags] for a in tags])
    start = np.array([0.0 if opens(tag) else FORBIDDEN for tag in tags])
    return steps, start, np.array([0.0 if closes(tag) else FORBIDDEN for tag in tags])


def viterbi(scores: Any, transitions: Any, start: Any, end: Any, layout: Layout) -> list[list[int]]:
    """The tag numbers (from 0) of the best path of each sequence (Viterbi, 1967).

    ``scores`` is ``(n_tokens, n_tags)`` in rows of the layout, ``transitions``
    ``(n_tags, n_tags)``, ``start`` and ``end`` ``(n_tags,)``; all are logs.
    """
    best, back = np.empty_like(scores), np.zeros(scores.shape, dtype=int)
    rows = layout.rows
    best[rows[0]] = scores[rows[0]] + start
    for before, now in pairwise(rows):
        into = best[before][: now.stop - now.start, :, None] + transitions[None]
        back[now] = into.argmax(1)
        best[now] = into.max(1) + scores[now]
    paths: list[list[int]] = [[] for _ in layout.order]
    for k, sequence in enumerate(layout.order):
        length = sum(1 for count in layout.active if count > k)
        tag = int((best[rows[length - 1].start + k] + end).argmax())
        path = [tag]
        for at in range(length - 1, 0, -1):
            tag = int(back[rows[at].start + k, tag])
            path.append(tag)
        paths[sequence] = path[::-1]
    return paths


def forward_backward(
    scores: Any, transitions: Any, start: Any, end: Any, layout: Layout
) -> tuple[float, Any, Any]:
    """Sums over all paths (Rabiner, Proceedings of the IEEE 1989), computed in logs so that long
    sequences do not underflow.

    ``scores`` is ``(n_tokens, n_tags)`` in rows of the layout, ``transitions``
    ``(n_tags, n_tags)``, ``start`` and ``end`` ``(n_tags,)``; all are logs.

    Returns the log of the partition functions' product, the marginal probability (0…1) of each tag
    at each row ``(n_tokens, n_tags)``, and the expected count of each transition
    ``(n_tags, n_tags)``.
    """
    forward = _forward(scores, transitions, start, layout)
    backward = _backward(scores, transitions, end, layout)
    both = forward + backward
    top = both.max(1, keepdims=True)
    totals = top[:, 0] + np.log(np.exp(both - top).sum(1))
    counts = np.zeros_like(transitions)
    for last, now in zip(layout.rows, layout.rows[1:], strict=False):
        here = forward[last][: now.stop - now.start]
        ahead = backward[now] + scores[now]
        high, low = here.max(1, keepdims=True), ahead.max(1, keepdims=True)
        counts += (np.exp(here - high) * np.exp(high + low - totals[now][:, None])).T @ np.exp(
            ahead - low
        )
    return (
        float(totals[layout.rows[0]].sum()),
        np.exp(both - totals[:, None]),
        counts * np.exp(transitions),
    )


def _forward(scores: Any, transitions: Any, start: Any, layout: Layout) -> Any:
    out, weights, rows = np.empty_like(scores), np.exp(transitions), layout.rows
    out[rows[0]] = scores[rows[0]] + start
    for before, now in pairwise(rows):
        last = out[before][: now.stop - now.start]
        top = last.max(1, keepdims=True)
        out[now] = scores[now] + top + np.log(np.exp(last - top) @ weights + 1e-300)
    return out


def _backward(scores: Any, transitions: Any, end: Any, layout: Layout) -> Any:
    out, weights, rows = np.empty_like(scores), np.exp(transitions).T, layout.rows
    out[:] = end
    for now, following in zip(rows[-2::-1], rows[:0:-1], strict=True):
        ahead = out[following] + scores[following]
        top = ahead.max(1, keepdims=True)
        out[now.start : now.start + len(ahead)] = top + np.log(
            np.exp(ahead - top) @ weights + 1e-300
        )
    return out
