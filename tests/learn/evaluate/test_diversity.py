"""Choosing few of many: the worth of a text and its distance to the chosen decide, and nothing else
does.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrisk.learn.evaluate.diversity import (
    DIFFERENT_COSINE,
    SAME_COSINE,
    Space,
    select_diverse,
)

APPROVAL = "agency approves tablet for gout in adults"
APPROVAL_AGAIN = "agency approves tablet for gout in adults today"
LETTER = "company receives complete response letter over plant"
VOTE = "committee votes against injection"


def places(
    texts: list[str], worth: list[float], n: int, labelled: tuple[str, ...] = ()
) -> list[int]:
    return [pick.position for pick in select_diverse(Space(texts, labelled), worth, n)]


def test_of_texts_unlike_one_another_the_worthiest_come_first() -> None:
    assert places([APPROVAL, LETTER, VOTE], [0.2, 0.9, 0.5], 3) == [1, 2, 0]


def test_with_equal_worth_the_farthest_from_the_chosen_comes_next() -> None:
    near = "agency approves tablet for hives in children"
    assert places([APPROVAL, near, LETTER], [1.0, 1.0, 1.0], 3) == [0, 2, 1]


def test_score_is_worth_times_novelty_which_falls_from_far_to_near() -> None:
    near = "agency approves tablet for hives in children"
    space = Space([APPROVAL, near, LETTER])
    first, second, third = select_diverse(space, [0.9, 0.5, 0.1], 3)
    cosine = space.cosine_to(0)[1]
    assert DIFFERENT_COSINE < cosine < SAME_COSINE
    assert (first.position, first.novelty, first.score) == (0, 1.0, 0.9)
    assert (second.position, second.novelty) == (
        1,
        pytest.approx(1 - (cosine - DIFFERENT_COSINE) / (SAME_COSINE - DIFFERENT_COSINE)),
    )
    assert second.score == pytest.approx(0.5 * second.novelty)
    assert (third.position, third.novelty, third.score) == (2, 1.0, 0.1)


def test_simply_different_texts_are_new_however_different() -> None:
    texts = [APPROVAL, "agency approves another thing altogether", LETTER]
    assert 0 < Space(texts).cosine_to(0)[1] < DIFFERENT_COSINE
    assert places(texts, [0.9, 0.5, 0.5], 3) == [0, 1, 2]


def test_a_near_duplicate_is_not_chosen_however_worthy() -> None:
    texts = [APPROVAL, APPROVAL, LETTER, VOTE]
    assert places(texts, [1.0, 0.9, 0.1, 0.2], 4) == [0, 3, 2]


def test_what_is_near_to_a_labelled_text_ranks_lower_and_the_same_text_not_at_all() -> None:
    assert places([APPROVAL, LETTER], [0.9, 0.5], 2) == [0, 1]
    assert places(
        [APPROVAL_AGAIN, LETTER], [0.9, 0.5], 2, ("agency approves tablet for gout",)
    ) == [1, 0]
    assert places([APPROVAL, LETTER], [0.9, 0.5], 2, (APPROVAL,)) == [1]


def test_texts_without_words_are_never_chosen() -> None:
    assert places(["?!", "--- ...", LETTER], [1.0, 1.0, 0.1], 3) == [2]
    assert places(["?!", "..."], [1.0, 1.0], 2) == []


def test_what_stands_far_behind_the_beginning_is_not_compared() -> None:
    news = LETTER + " and more news" * 300
    assert places([news + " one ending", news + " another close"], [1.0, 1.0], 2) == [0]


def test_a_part_of_the_pool_keeps_its_distances_to_the_labelled() -> None:
    whole = Space([VOTE, APPROVAL_AGAIN, LETTER], (APPROVAL,))
    part = whole.subset([2, 1])
    assert len(part) == 2
    assert part.similarity.tolist() == [whole.similarity[2], whole.similarity[1]]
    assert part.cosine_to(0)[0] == pytest.approx(1.0)


WORDS = st.sampled_from(
    ["agency", "approves", "rejects", "tablet", "gout", "trial", "fails", "vote", "12", "…"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS, n=st.integers(1, 15), data=st.data())
def test_chosen_once_in_falling_order_of_score_and_never_near_to_each_other(
    texts: list[str], n: int, data: st.DataObject
) -> None:
    worth = data.draw(st.lists(st.floats(0, 1), min_size=len(texts), max_size=len(texts)))
    space = Space(texts)
    picks = list(select_diverse(space, worth, n))
    chosen = [pick.position for pick in picks]
    assert len(chosen) == len(set(chosen)) <= n
    assert all(0 <= pick.score <= 1 and 0 <= pick.novelty <= 1 for pick in picks)
    assert all(a.score >= b.score - 1e-9 for a, b in pairwise(picks))
    for at, place in enumerate(chosen):
        assert all(space.cosine_to(place)[other] < SAME_COSINE for other in chosen[:at])


def test_twenty_thousand_texts_need_no_matrix_of_all_pairs() -> None:
    drawn = np.random.default_rng(0).integers(0, 5_000, (20_000, 12))
    texts = [
        " ".join(f"w{chr(97 + v % 26)}{chr(97 + v // 26 % 26)}{chr(97 + v // 676)}" for v in row)
        for row in drawn
    ]
    picks = list(select_diverse(Space(texts), np.ones(len(texts)), 20))
    assert len({pick.position for pick in picks}) == 20
