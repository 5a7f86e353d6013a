"""What is written in a format is read back, less exactly what the writer said was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from eventrisk.labelled import Labelled, Span
from eventrisk.sources.formats import WHOLE, Loss
from eventrisk.sources.formats.conll import CONLL
from eventrisk.training.data import FORMATS, records
from labelled_records import in_order, labelled, several, without

HOLD_ALL = ("jsonl", "prodigy", "label_studio")
EASY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEW = settings(EASY, max_examples=15)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


def there_and_back(
    held: Sequence[Labelled], name: str, folder: Path
) -> tuple[list[Labelled], list[Loss]]:
    """What is read of what was written, and what was lost."""
    path = folder / f"x.{name}"
    form = FORMATS[name]
    losses = form.write(held, path)
    if form.side:
        form.side.write(held, form.side.of(path))
    back = (
        []
        if all(WHOLE in [x.what for x in losses if x.record == r.id] for r in held)
        else records(path, name)
    )
    return back, losses


@pytest.mark.parametrize("name", HOLD_ALL)
@EASY
@given(held=several())
def test_what_json_holds_comes_back_whole(held: list[Labelled], name: str, folder: Path) -> None:
    back, losses = there_and_back(held, name, folder)
    assert losses == []
    assert back == held


@EASY
@given(held=several())
def test_doccanos_file_holds_all_and_what_is_listed_are_overlaps(
    held: list[Labelled], folder: Path
) -> None:
    back, losses = there_and_back(held, "doccano", folder)
    assert [in_order(r) for r in back] == [in_order(r) for r in held]
    assert all("overlapping" in loss.why for loss in losses)
    listed = {(loss.record, loss.what) for loss in losses}
    for record in held:
        left = {
            span
            for span in record.entities or ()
            if (record.id, f"entity {[span.start, span.end, span.label]}") not in listed
        }
        kept = sorted(left, key=lambda span: span.start)
        assert all(one.end <= other.start for one, other in pairwise(kept))


@EASY
@given(held=several())
def test_csv_loses_nothing_but_records_with_nul(held: list[Labelled], folder: Path) -> None:
    back, losses = there_and_back(held, "csv", folder)
    assert back == without(held, losses)
    assert {loss.what for loss in losses} <= {WHOLE}
    assert all("NUL" in loss.why for loss in losses)


@FEW
@given(held=several())
def test_parquet_loses_nothing(held: list[Labelled], folder: Path) -> None:
    back, losses = there_and_back(held, "parquet", folder)
    assert losses == []
    assert back == held


@FEW
@given(held=several())
def test_a_docbin_loses_entities_within_tokens_and_over_others(
    held: list[Labelled], folder: Path
) -> None:
    back, losses = there_and_back(held, "docbin", folder)
    assert [in_order(r) for r in back] == [in_order(r) for r in without(held, losses)]
    assert {loss.what.partition(" ")[0] for loss in losses} <= {"entity"}


@EASY
@given(held=several())
def test_conll_and_what_stands_beside_it_lose_what_is_listed(
    held: list[Labelled], folder: Path
) -> None:
    back, losses = there_and_back(held, "conll", folder)
    # An entity whose white space was cut off is held, so it is not taken away.
    cut = {(loss.record, loss.what) for loss in losses if "held as" in loss.why}
    expected = without(held, [loss for loss in losses if "held as" not in loss.why])
    assert [_at_words(r, cut) for r in back] == [_at_words(r, cut) for r in expected]


def _at_words(record: Labelled, cut: set[tuple[str, str]]) -> Labelled:
    """The record with spans in order, those without their white space that lost it."""
    spans = [
        _worded(span, record.text)
        if (record.id, f"entity {[span.start, span.end, span.label]}") in cut
        else span
        for span in record.entities or ()
    ]
    return in_order(replace(record, entities=tuple(spans)))


def _worded(span: Span, text: str) -> Span:
    words = text[span.start : span.end]
    blank = " \ufeff" + "".join(c for c in words if c.isspace())
    start = span.end - len(words.lstrip(blank))
    return Span(start, span.start + len(words.rstrip(blank)), span.label)


@EASY
@given(record=labelled())
def test_tokens_can_be_had_back_by_splitting_and_conll_of_conll_is_the_same(
    record: Labelled, folder: Path
) -> None:
    path = folder / "alone.conll"
    losses = CONLL.write([replace(record, id="a", entities=record.entities or ())], path)
    if WHOLE not in [loss.what for loss in losses]:
        lines = path.read_text(encoding="utf-8").split("\n")
        written = [line.split("\t")[0] for line in lines if line]
        once = records(path)
        assert " ".join(r.text for r in once).split() == written
        CONLL.write(once, path)
        assert [(r.text, r.entities) for r in records(path)] == [(r.text, r.entities) for r in once]


@pytest.mark.parametrize("name", ["csv", "parquet", "docbin", "conll"])
def test_half_a_surrogate_pair_is_lost_where_utf8_is_written_and_kept_where_json_is(
    name: str, folder: Path
) -> None:
    held = [Labelled("a", "half \ud83d one", entities=()), Labelled("b", "whole", entities=())]
    back, losses = there_and_back(held, name, folder)
    assert [(loss.record, loss.what) for loss in losses] == [("a", WHOLE)]
    assert "surrogate" in losses[0].why
    assert back == held[1:]
    for other in HOLD_ALL:
        assert there_and_back(held, other, folder)[0] == held


def test_no_risk_factor_anywhere_is_not_taken_for_no_entity_anywhere(folder: Path) -> None:
    held = [Labelled("a", "Velorin", risk_factors=())]
    assert there_and_back(held, "doccano", folder) == (held, [])
