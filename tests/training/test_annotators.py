"""Several annotations of one text: what belongs together, what counts, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, Placed, Span
from eventrisk.sources.formats import AS_NAMED
from eventrisk.training.annotators import CONFLICTS, settled
from eventrisk.training.check import check, check_settled
from eventrisk.training.convert import convert
from eventrisk.training.data import readable, records
from eventrisk.training.train.plan import Sources

TEXT = "Velorin may fail."
DRUG, CODE, LONG = Span(0, 7, "drug"), Span(0, 7, "code"), Span(0, 11, "drug")


def said(who: str | None, time: float | None = None, **labels: Any) -> Placed:
    record = Labelled(labels.pop("id", "a"), labels.pop("text", TEXT), **labels)
    return Placed(record, "x.json", 1, who, time)


def one(*given: Placed, rule: str = "latest") -> Labelled:
    (entry,) = settled(given, rule).entries
    assert isinstance(entry, Placed)
    return entry.record


def test_the_latest_counts_by_time_and_else_by_order() -> None:
    late, early = said("ann", 20.0, sentiment="up"), said("bob", 10.0, sentiment="down")
    assert one(late, early).sentiment == "up"
    assert one(replace_time(late), replace_time(early)).sentiment == "down"


def replace_time(placed: Placed) -> Placed:
    return placed._replace(time=None)


def test_what_only_one_of_them_labelled_is_kept() -> None:
    names, mood = said("ann", 1.0, entities=(DRUG,)), said("bob", 2.0, sentiment="up")
    assert one(names, mood) == Labelled("a", TEXT, entities=(DRUG,), sentiment="up")
    assert settled([names, mood]).conflicts == []
    assert one(said("ann", 1.0, sentiment="up"), said("bob", 2.0)).sentiment == "up"


@pytest.mark.parametrize(
    ("rule", "sentiment", "entities", "risks"),
    [
        ("latest", "down", (LONG,), ("b",)),
        ("majority", "up", (DRUG,), ("a",)),
        ("drop", None, None, None),
    ],
)
def test_a_conflict_is_settled_as_asked_for(
    rule: str, sentiment: str | None, entities: Any, risks: Any
) -> None:
    given = [
        said("ann", 1.0, sentiment="up", entities=(DRUG,), risk_factors=("a",), tone="cool"),
        said("bob", 2.0, sentiment="up", entities=(DRUG, CODE), risk_factors=("a",), tone="cool"),
        said("cy", 3.0, sentiment="down", entities=(LONG,), risk_factors=("b",), tone="cool"),
    ]
    expected = Labelled(
        "a", TEXT, sentiment=sentiment, entities=entities, risk_factors=risks, tone="cool"
    )
    assert one(*given, rule=rule) == expected
    (conflict,) = settled(given, rule).conflicts
    assert str(conflict) == (
        "entities: 1 by ann, 2 by bob, 1 by cy, not the same; sentiment: up (ann), up (bob), "
        "down (cy); risk_factors: 1 by ann, 1 by bob, 1 by cy, not the same"
    )


def test_without_a_majority_nothing_counts() -> None:
    given = said("ann", 1.0, sentiment="up"), said("bob", 2.0, sentiment="down")
    assert one(*given, rule="majority").sentiment is None


def test_the_order_of_spans_is_no_conflict() -> None:
    given = said("ann", entities=(DRUG, CODE)), said("bob", entities=(CODE, DRUG))
    assert settled(given).conflicts == []


def test_none_there_against_some_is_a_conflict_and_not_labelled_is_none() -> None:
    none, some, unknown = said("ann", entities=()), said("bob", entities=(DRUG,)), said("cy")
    assert len(settled([none, some]).conflicts) == 1
    assert settled([some, unknown]).conflicts == []


def test_people_of_one_text_belong_together_and_records_without_people_do_not() -> None:
    apart = [said("ann", id="a"), said("ann", id="b")]
    assert len(settled(apart).entries) == 2
    assert len(settled([said("ann", id="a"), said("bob", id="b")]).entries) == 1
    assert len(settled([said(None), said(None)]).entries) == 2
    assert len(settled([said("ann"), said("bob", text=TEXT + " ")]).entries) == 2
    with pytest.raises(DataError, match="the id 'a' was used"):
        records([Labelled("a", TEXT), Labelled("a", TEXT)])


def test_records_of_our_own_name_the_annotator_by_a_key() -> None:
    given = [
        {"id": "a", "text": TEXT, "sentiment": "up", "annotator": "ann"},
        {"id": "a", "text": TEXT, "sentiment": "down", "annotator": "bob"},
    ]
    (found,) = records(given)
    assert (found.sentiment, found.extra) == ("down", {"annotator": "bob"})


def test_an_unknown_rule_is_answered_with_those_that_are() -> None:
    with pytest.raises(DataError, match=r"conflicts='first'.*'latest', 'majority', 'drop'"):
        settled([], "first")
    assert CONFLICTS == ("latest", "majority", "drop")


PEOPLE = [
    {"id": "a", "text": TEXT, "sentiment": "up", "annotator": "ann"},
    {"id": "a", "text": TEXT, "sentiment": "down", "annotator": "bob"},
    {"id": "b", "text": "Calmirone works.", "sentiment": "up", "annotator": "ann"},
    {"id": "b", "text": "Calmirone works.", "sentiment": "up", "annotator": "bob"},
]


def test_check_names_every_conflict_and_tells_the_agreement() -> None:
    checked = check(PEOPLE, quick=True)
    told = {p.kind: (p.record, p.message) for p in checked.problems}
    assert told["annotators differ"] == (
        "a",
        "annotators differ, and the latest counts (without times, the one read last); "
        "sentiment: up (ann), down (bob)",
    )
    assert told["agreement"][1] == (
        "sentiment, 2 texts labelled by two people: Cohen's kappa 0.00, the same in 50%; by label: "
        "down, Cohen's kappa 0.00, the same in 50%; up, Cohen's kappa 0.00, the same in 50%"
    )
    assert [(row.head, row.texts) for row in checked.agreement if row.label is None] == [
        ("sentiment", 2)
    ]
    assert [r.sentiment for r in checked.fixed()] == ["down", "up"]
    dropped = check(PEOPLE, quick=True, conflicts="drop")
    assert [entry.record.sentiment for entry in dropped.placed] == [None, "up"]


def test_convert_lists_what_does_not_count(tmp_path: Path) -> None:
    losses = convert(PEOPLE, tmp_path / "x.jsonl")
    assert [(loss.record, loss.what) for loss in losses] == [("a", "annotations")]
    assert [r.sentiment for r in records(tmp_path / "x.jsonl")] == ["down", "up"]


def test_a_note_of_a_reader_stands_once_with_the_records_it_is_of() -> None:
    note = "nobody annotated it: not labelled"
    given = [Placed(Labelled(name, f"{name} text"), "x", None, note=note) for name in "abcdefg"]
    problems = check_settled(settled([*given, said(None, sentiment="up")])).problems
    (found,) = [p for p in problems if p.kind == "not labelled"]
    assert found.message == f"7 records (a, b, c, d, e and 2 more): {note}"


def test_the_first_id_names_the_text_and_the_others_are_told(tmp_path: Path) -> None:
    given = said("ann", id="ann-5"), said("bob", id="bob-5")
    assert one(*given).id == "ann-5"
    assert settled(given).other_ids == {"ann-5": ["bob-5"]}
    assert settled([said("ann"), said("bob")]).other_ids == {}
    (problem,) = [p for p in check_settled(settled(given)).problems if p.kind == "ids"]
    assert problem.message == (
        "1 text labelled under several ids, of which the first counts: bob-5 as ann-5"
    )
    rows = [{**row, "id": f"{row['id']}-{row['annotator']}"} for row in PEOPLE[2:]]
    assert [(loss.record, loss.what) for loss in convert(rows, tmp_path / "x.jsonl")] == [
        ("b-ann", "id 'b-bob'")
    ]


@pytest.mark.parametrize(
    ("key", "ann", "bob", "texts"),
    [
        ("company", "Norvena", "Lomera", 2),
        ("date", "2024-01-02", "2024-01-03", 2),
        ("form", "8-K", "6-K", 2),
        ("split", "train", "test", 2),
        ("company", "Norvena", None, 1),
        ("company", "Norvena", "Norvena", 1),
    ],
)
def test_two_releases_with_one_text_stay_two(
    key: str, ann: str, bob: str | None, texts: int
) -> None:
    given = [said("ann", id="a", **{key: ann}), said("bob", id="b", **{key: bob})]
    found = [e.record.id for e in settled(given).entries if isinstance(e, Placed)]
    assert found == ["a", "b"][:texts]
    same_id = [said("ann", **{key: ann}), said("bob", **{key: bob})]
    assert len(settled(same_id).entries) == 1


def test_an_annotation_that_was_read_twice_is_one_persons() -> None:
    first = said("ann", 1.0, sentiment="up", extra={"n": [1]})
    found = settled([first, first])
    assert (found.entries, found.agreement, found.conflicts) == ([first], [], [])
    again = said("ann", 2.0, sentiment="up", extra={"n": [1]})  # at another time: another one
    assert [row.texts for row in settled([first, again]).agreement if row.label is None] == [1]
    bob = said("bob", 3.0, id="b", sentiment="up")
    assert [row.texts for row in settled([first, bob, first]).agreement] == [1, 1]
    assert len(settled([first, bob, first]).entries) == 1


def test_an_entry_without_a_label_gives_way_to_one_of_its_id_and_text() -> None:
    note = "nobody annotated it: not labelled"
    unseen, up = said(None)._replace(note=note), said("ann", 1.0, sentiment="up")
    assert settled([unseen, up]).entries == [up]
    assert settled([up, unseen]).entries == [up]
    plain = said(None, sentiment="up")
    assert settled([plain, unseen]).entries == [plain]
    assert settled([unseen, unseen]).entries == [unseen]
    assert settled([up, unseen]).agreement == []
    for other in (said(None, id="b"), said(None, text=f"{TEXT} "), said(None)):
        kept = other._replace(note=note if other.record.id == "b" else None)
        assert settled([kept, up]).entries == [kept, up]
    with pytest.raises(DataError, match="the id 'a' was used"):
        readable(settled([unseen, plain, plain]), "x")


def test_numbers_of_people_are_told_from_numbers_of_things() -> None:
    given = said("1", 1.0, entities=(DRUG,)), said("2", 2.0, entities=())
    (conflict,) = settled(given).conflicts
    assert str(conflict) == "entities: 1 by annotator 1, 0 by annotator 2, not the same"
    (conflict,) = settled([said(None, 1.0, tone="a"), said("bob", 2.0, tone="b")]).conflicts
    assert str(conflict) == "tone: a (somebody), b (bob)"


@pytest.mark.parametrize(
    ("time", "rule", "counts"),
    [
        (1.0, "latest", "the latest counts"),
        (None, "latest", "the latest counts (without times, the one read last)"),
        (None, "drop", "none of it counts"),
    ],
)
def test_what_counts_without_times_is_told(time: float | None, rule: str, counts: str) -> None:
    given = said("ann", time, sentiment="up"), said("bob", 2.0, sentiment="down")
    (conflict,) = settled(given, rule).conflicts
    assert conflict.how(rule) == counts


def test_a_training_tells_the_agreement_and_learns_from_what_counts() -> None:
    given = Sources(PEOPLE, None, None, None, AS_NAMED).given()
    assert [r.sentiment for r in given.records] == ["down", "up"]
    assert given.remarks[0].startswith(
        "Agreement of annotators: sentiment, 2 texts labelled by two people: Cohen's kappa 0.00"
    )
    assert given.remarks[1] == (
        "Annotators differ on 1 text, and the latest counts (without times, the one read last) "
        "(conflicts: latest)."
    )
    dropped = Sources(PEOPLE, None, None, None, AS_NAMED, conflicts="drop").given()
    assert [r.sentiment for r in dropped.records] == [None, "up"]


def test_people_of_the_data_and_of_the_test_set_are_not_mixed() -> None:
    given = Sources(PEOPLE[:1], None, PEOPLE[3:], None, AS_NAMED).given()
    assert [(r.sentiment, r.split) for r in given.records] == [("up", None), ("up", "test")]
