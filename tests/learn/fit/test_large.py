"""Very many texts: what is counted leanly is what is counted plainly, and what is skimmed is what
is read.
"""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrisk.learn import lead
from eventrisk.learn.calibrate import expected_error
from eventrisk.learn.fit.counts import count_terms
from eventrisk.learn.fit.heads import HeadSettings
from eventrisk.learn.fit.large import LARGE_SETTINGS, fit_large
from eventrisk.learn.fit.linear import BlockSettings, fit_block
from eventrisk.learn.linear import feature_matrix
from eventrisk.learn.parallel import map_chunks
from eventrisk.learn.sentiment import SentimentModel

SMALL = HeadSettings(
    (
        BlockSettings("head", min_df=2),
        BlockSettings("top", min_df=2),
        BlockSettings("char", 0.7, min_df=2),
    ),
    c=2.0,
    balanced=True,
)
WORDS = {
    "up": ["approves", "clears", "grants"],
    "down": ["rejects", "refuses", "halts"],
    "flat": ["meets", "hires"],
}
ROWS = st.lists(
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 5).map(float)),
    min_size=1,
    max_size=20,
)


def rows(
    count_of: int = 120, seed: int = 0
) -> tuple[list[dict[str, dict[str, float]]], list[str], list[str]]:
    """Parts, labels and groups of texts that can be told apart most of the time."""
    draw = random.Random(seed)
    parts, labels = [], []
    for _ in range(count_of):
        label = draw.choice(list(WORDS))
        said = draw.choice(WORDS[label if draw.random() < 0.9 else "flat"])
        words = {"fda": 1.0, said: 1.0, f"w{draw.randint(0, 9)}": 2.0}
        parts.append({"head": words, "top": words, "char": {said[:3]: 1.0, said[-3:]: 1.0}})
        labels.append(label)
    return parts, labels, [f"g{number % 17}" for number in range(count_of)]


@settings(deadline=None)
@given(ROWS)
def test_counts_are_those_of_each_row(dicts):
    counted = count_terms([{"x": row} for row in dicts], ["x"])["x"]
    assert counted.terms == tuple(sorted({term for row in dicts for term in row}))
    for row, line in zip(dicts, counted.matrix.toarray(), strict=True):
        assert {
            term: value for term, value in zip(counted.terms, line.tolist(), strict=True) if value
        } == row


@settings(max_examples=50, deadline=None)
@given(ROWS, st.integers(1, 3), st.integers(1, 5))
def test_the_vocabulary_of_a_matrix_is_the_one_counted_naively(dicts, min_df, max_features):
    groups = [f"g{number % 3}" for number in range(len(dicts))]
    group_df = {
        t: len({g for row, g in zip(dicts, groups, strict=True) if t in row})
        for row in dicts
        for t in row
    }
    naive = sorted(
        sorted(t for t in group_df if group_df[t] >= min_df), key=lambda t: -group_df[t]
    )[:max_features]
    block = fit_block(
        [{"x": row} for row in dicts],
        groups,
        BlockSettings("x", min_df=min_df, max_features=max_features),
    )
    assert block.terms == tuple(sorted(naive))
    documents = [sum(term in row for row in dicts) for term in block.terms]
    assert np.allclose(block.scale, [1 + np.log((1 + len(dicts)) / (1 + d)) for d in documents])


def test_a_lean_model_is_learnt_and_calibrated_on_groups_it_did_not_see():
    parts, labels, groups = rows()
    found = fit_large(parts.__getitem__, labels, groups, ("down", "flat", "up"), settings=SMALL)
    unseen, gold, _ = rows(seed=1)
    proba = np.array([found.calibrator(found.linear.scores(p)) for p in unseen])
    truth = [found.linear.labels.index(label) for label in gold]
    assert np.allclose(proba.sum(axis=1), 1)
    assert float((proba.argmax(axis=1) == truth).mean()) > 0.8
    assert expected_error(proba, np.array(truth)) < 0.1
    judged = [found.linear.labels[int(np.argmax(found.linear.scores(p)))] for p in parts]
    assert sum(a == b for a, b in zip(judged, labels, strict=True)) > 0.85 * len(labels)


def test_its_blocks_are_those_that_are_fitted_plainly():
    parts, labels, groups = rows()
    found = fit_large(parts.__getitem__, labels, groups, ("down", "flat", "up"), settings=SMALL)
    for block, chosen in zip(found.linear.blocks, SMALL.blocks, strict=True):
        plain = fit_block(parts, groups, chosen)
        assert block.terms == plain.terms
        assert np.array_equal(block.scale, plain.scale)
        assert (feature_matrix(parts, [block]) != feature_matrix(parts, [plain])).nnz == 0


def test_two_fits_are_the_same_to_the_last_bit_and_each_row_is_asked_for_once():
    parts, labels, groups = rows()
    asked: list[int] = []

    def features_of(number):
        asked.append(number)
        return parts[number]

    one, other = (
        fit_large(features_of, labels, groups, ("down", "flat", "up"), settings=SMALL)
        for _ in range(2)
    )
    assert asked == [*range(120), *range(120)]
    assert np.array_equal(one.linear.coef, other.linear.coef)
    assert one.confidence == other.confidence
    scores = one.linear.scores(parts[0])
    assert np.array_equal(one.calibrator(scores), other.calibrator(scores))


@pytest.mark.parametrize("classes", [("bad", "good"), ("a", "b", "c", "d", "e")])
def test_any_set_of_classes_is_learnt(classes):
    parts = [{"head": {label: 1.0, "news": 1.0}, "top": {}, "char": {}} for label in classes * 12]
    labels, groups = list(classes * 12), [f"g{n // len(classes)}" for n in range(12 * len(classes))]
    found = fit_large(parts.__getitem__, labels, groups, classes, settings=SMALL)
    judged = [found.calibrator(found.linear.scores(part)) for part in parts]
    assert [classes[int(proba.argmax())] for proba in judged] == labels
    assert {proba.shape for proba in judged} == {(len(classes),)}


def test_a_lean_model_reads_words_as_they_stand_wherever_names_were_found():
    from training_set import NEWS, reading

    read = reading(*NEWS["positive"])
    assert "velorin" in lead.features(read, masking=False)["head"]
    labels, texts = ["up", "down"] * 10, [reading(*NEWS[k]) for k in ("positive", "negative")] * 10
    parts = [lead.features(t, masking=False) for t in texts]
    found = fit_large(
        parts.__getitem__, labels, [f"g{n // 2}" for n in range(20)], ("down", "up"), settings=SMALL
    )
    model = SentimentModel(found.linear, found.calibrator, found.confidence, masking=False)
    judged = model.predict(read, {"lead=positive": 1.0})
    assert judged.label == "up"
    assert read.text[judged.evidence[0].start : judged.evidence[0].end] == NEWS["positive"][0]
    assert SentimentModel.from_state(model.to_state()).predict(read, {}) == model.predict(read, {})


def test_the_settings_name_the_blocks_that_lean_readings_have():
    assert tuple(block.name for block in LARGE_SETTINGS.blocks) == lead.BLOCKS


def doubled(items):
    return [2 * item for item in items]


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_in_several_processes_comes_back_in_order(jobs):
    assert list(map_chunks(doubled, range(1234), n_jobs=jobs)) == [
        2 * number for number in range(1234)
    ]
