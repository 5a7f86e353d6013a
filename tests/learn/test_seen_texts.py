"""Texts that a model has learnt from are known again, also changed a little; others are not."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrisk.errors import ModelError
from eventrisk.heads import HEADS
from eventrisk.learn.seen_texts import FILE, SeenTexts

WORDS = [f"word{n}" for n in range(4000)]


def text(number: int, words: int = 200) -> str:
    draw = random.Random(number)
    title = " ".join(draw.choices(WORDS, k=8))
    return f"{title}\n{' '.join(draw.choices(WORDS, k=words))}."


def changed(given_: str, share: float) -> str:
    """With other words in place of a share of them, evenly spread."""
    words = given_.split(" ")
    for at in range(0, len(words), max(1, round(1 / share))):
        words[at] = f"other{at}"
    return " ".join(words)


TEXTS = [text(number) for number in range(60)]
SEEN = SeenTexts.of(TEXTS, [["sentiment", "risk"]] * 30 + [["entities"]] * 30)


def test_a_text_learnt_from_is_known_with_the_heads_that_learnt_from_it() -> None:
    assert SEEN.heads_of([TEXTS[3], TEXTS[40], text(99)]) == [
        {"sentiment", "risk"},
        {"entities"},
        frozenset(),
    ]


def test_case_punctuation_breaks_and_tags_do_not_hide_a_text() -> None:
    marked = f"<p>{TEXTS[3].upper().replace(' ', '&nbsp; ').replace('.', '!')}</p>\r\n"
    assert SEEN.heads_of([marked]) == [{"sentiment", "risk"}]


def test_near_duplicates_are_known_and_texts_that_share_little_are_not() -> None:
    near = SEEN.heads_of([changed(t, 0.02) for t in TEXTS])
    assert sum(map(bool, near)) == 60
    far = SEEN.heads_of([changed(t, 0.25) for t in TEXTS])
    assert sum(map(bool, far)) == 0


def test_a_title_alone_is_known_where_its_release_was_learnt_from_and_the_other_way() -> None:
    title = TEXTS[3].partition("\n")[0]
    assert SEEN.heads_of([title]) == [{"sentiment", "risk"}]
    of_title = SeenTexts.of([title], [["tone"]])
    assert of_title.heads_of([TEXTS[3], TEXTS[4]]) == [{"tone"}, frozenset()]


def test_two_releases_under_the_same_title_are_two_releases() -> None:
    one, other = ("Norvena Reports First Quarter Results\n" + text(n) for n in (200, 201))
    assert SeenTexts.of([one], [["tone"]]).heads_of([other]) == [frozenset()]


def test_short_texts_are_known_by_their_words_alone() -> None:
    seen = SeenTexts.of(["FDA approves Velorin", ""], [["tone"], ["tone"]])
    asked = ["fda approves velorin!", "FDA rejects Velorin", "FDA approves"]
    assert seen.heads_of(asked) == [{"tone"}, frozenset(), frozenset()]


def test_a_text_that_several_heads_learnt_from_names_them_all() -> None:
    both = SEEN.joined(SeenTexts.of([TEXTS[3]], [["tone"]]))
    assert both.heads_of([TEXTS[3]]) == [{"sentiment", "risk", "tone"}]
    assert both.only(["tone", "entities"]).heads_of([TEXTS[3], TEXTS[40]]) == [
        {"tone"},
        {"entities"},
    ]


def test_nothing_learnt_from_knows_nothing() -> None:
    none = SeenTexts.of([], [])
    assert none.heads_of(TEXTS[:2]) == [frozenset(), frozenset()]
    assert SEEN.heads_of([]) == []


def test_the_file_holds_the_same_in_any_order_and_no_word(tmp_path: Path) -> None:
    back = SeenTexts.of(TEXTS[::-1], [["entities"]] * 30 + [["sentiment", "risk"]] * 30)
    assert back.packed() == SEEN.packed()
    assert b"word" not in SEEN.packed().partition(b"\n")[2]
    assert len(SEEN.packed()) < 60 * 82 + 300
    (tmp_path / FILE).write_bytes(SEEN.packed())
    loaded = SeenTexts.load(tmp_path)
    assert loaded is not None
    assert loaded.heads_of(TEXTS) == SEEN.heads_of(TEXTS)


def test_a_bundle_without_the_file_does_not_say_and_a_broken_one_is_named(tmp_path: Path) -> None:
    assert SeenTexts.load(tmp_path) is None
    np.save(tmp_path / FILE, np.zeros(3))
    with pytest.raises(ModelError, match=r"learnt_from.npy: no readable sketches"):
        SeenTexts.load(tmp_path)
    (tmp_path / FILE).write_bytes(b"not an array")
    with pytest.raises(ModelError, match=r"learnt_from.npy: no readable sketches"):
        SeenTexts.load(tmp_path)


@given(st.text(max_size=300), st.sets(st.sampled_from(HEADS), min_size=1))
@settings(max_examples=80, deadline=None)
def test_any_text_at_all_is_known_again(given_: str, heads: set[str]) -> None:
    assert SeenTexts.of([given_], [sorted(heads)]).heads_of([given_]) == [heads]
