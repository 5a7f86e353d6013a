"""The table of event types is whole, and names nothing but types."""

from __future__ import annotations

from eventrisk.events.types import event_types
from eventrisk.labels import EventType


def test_every_type_has_a_row() -> None:
    assert set(event_types()) == set(EventType)


def test_a_row_names_types_of_the_table() -> None:
    for type_, row in event_types().items():
        types = row.over | row.hides | row.joins | row.joins_bad_news
        types |= {other for other in (row.direction_of, row.widens_to) if other}
        assert types <= set(EventType), type_
        assert type_ not in types, type_


def test_no_two_types_replace_each_other() -> None:
    rows = event_types()
    assert [(a, b) for a, row in rows.items() for b in row.over if a in rows[b].over] == []


def test_cells_say_what_the_head_of_the_table_explains() -> None:
    rows = event_types()
    assert {row.direction for row in rows.values()} == {"open", "elsewhere", None}
    assert {row.reasons for row in rows.values()} == {"given", "expected", None}
    votes = {type_ for type_, row in rows.items() if row.is_vote}
    assert votes == {"advisory_vote", "chmp_opinion", "chmp_trend_vote"}
    assert all(rows[type_].is_open for type_ in votes)
    assert rows["approval"].widens_to == "label_expansion"
    assert rows["approval"].agency is None
    assert rows["complete_response"].agency == "FDA"
