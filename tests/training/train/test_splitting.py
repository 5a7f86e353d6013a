"""Which releases are learnt from and which are measured on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled
from eventrisk.training.train.splitting import RULES, Origin, divide, groups_of, origin


def records(count: int) -> list[Labelled]:
    return [Labelled(f"r{number}", "Text.") for number in range(count)]


def origins(count: int, companies: int) -> list[Origin]:
    """Releases in order of time; the companies take turns, the last one has the newest of all."""
    return [
        Origin(f"c{n * companies // count}", f"20{n * 90 // count + 10:02d}-01-01")
        for n in range(count)
    ]


def test_the_newest_companies_are_measured_on_and_no_company_is_on_both_sides() -> None:
    given_, known = records(1000), origins(1000, 40)
    split = divide(given_, known, "by company and time")
    (learn, measure), *more = split.rounds
    assert (more, split.kept_out) == ([], False)
    assert sorted(learn + measure) == list(range(1000))
    assert len(measure) == 200
    assert {known[i].company for i in learn}.isdisjoint({known[i].company for i in measure})
    assert max(known[i].date for i in learn) <= min(known[i].date for i in measure)


def test_few_releases_are_each_measured_on_once_in_five_folds() -> None:
    split = divide(records(30), origins(30, 10), "by company and time")
    assert len(split.rounds) == 5
    assert sorted(i for found in split.rounds for i in found.measure) == list(range(30))
    assert split.rule.startswith("5 parts in turn")


def test_one_giant_company_does_not_become_the_whole_test() -> None:
    known = [
        Origin("giant" if n >= 450 else f"c{n % 30}", f"2020-{1 + n // 100:02d}-01")
        for n in range(1200)
    ]
    (_, measure), *_ = divide(records(1200), known, "by company and time").rounds
    assert 0 < len(measure) <= 480
    assert "giant" not in {known[i].company for i in measure}
    few = [Origin("giant" if n >= 150 else f"c{n % 30}", None) for n in range(600)]
    measured = [
        i for found in divide(records(600), few, "by company").rounds for i in found.measure
    ]
    assert len({few[i].company for i in measured}) == 31


def test_with_more_releases_no_fewer_are_measured_on() -> None:
    sizes = {
        count: sum(
            len(found.measure)
            for found in divide(records(count), origins(count, count), "by company").rounds
        )
        for count in (41, 100, 199, 200, 201, 250, 400, 999, 1000, 2000)
    }
    assert sizes[199] == 199
    assert sizes[200] == 200
    assert all(size >= 200 for count, size in sizes.items() if count >= 200)
    assert (sizes[1000], sizes[2000]) == (200, 400)


def test_folds_that_are_asked_for_measure_every_release_at_any_size() -> None:
    for count, parts in ((12, 3), (199, 5), (1000, 10)):
        split = divide(records(count), origins(count, count // 2), "by company and time", 0, parts)
        assert len(split.rounds) == parts
        assert sorted(i for found in split.rounds for i in found.measure) == list(range(count))
        assert split.rule.startswith(f"{parts} parts in turn")
        assert not split.kept_out


@pytest.mark.parametrize(
    ("parts", "rule", "tested", "message"),
    [
        (1, "by company", False, "two parts or more are needed, not 1"),
        (31, "at random", False, "31 parts need as many releases, there are 30"),
        (11, "by company", False, "11 parts need as many companies, there are 10"),
        (5, "by time", False, "the split is 'by time'.*choose another split"),
        (5, "by company", True, "the data come with a test set.*leave out folds"),
    ],
)
def test_folds_that_cannot_be_are_refused(
    parts: int, rule: str, tested: bool, message: str
) -> None:
    given_ = [
        replace(r, split="test" if tested and n < 9 else None) for n, r in enumerate(records(30))
    ]
    with pytest.raises(DataError, match=message):
        divide(given_, origins(30, 10), rule, 0, parts)


def test_a_set_that_comes_divided_is_taken_as_it_is() -> None:
    given_ = [
        replace(r, split="test" if n % 3 == 0 else "train") for n, r in enumerate(records(30))
    ]
    split = divide(given_, origins(30, 10), "by company and time")
    assert split.kept_out
    assert split.rounds[0].measure == list(range(0, 30, 3))


def test_an_unknown_rule_and_a_division_that_is_not_there_are_refused() -> None:
    with pytest.raises(DataError, match="by company and time"):
        divide(records(3), origins(3, 3), "by moon")
    with pytest.raises(DataError, match="split: test"):
        divide(records(3), origins(3, 3), "as given")


@given(st.integers(2, 260), st.integers(2, 40), st.sampled_from(RULES[:4]), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_every_split_leaves_something_on_both_sides_and_loses_nothing(
    count: int, companies: int, rule: str, seed: int
) -> None:
    given_, known = records(count), origins(count, min(companies, count))
    split = divide(given_, known, rule, seed)
    assert split == divide(given_, known, rule, seed)
    for learn, measure in split.rounds:
        assert learn
        assert measure
        assert sorted(learn + measure) == list(range(count))
        if rule in ("by company and time", "by company") and companies > 1:
            assert {known[i].company for i in learn}.isdisjoint({known[i].company for i in measure})


def test_company_and_date_are_read_off_the_top_where_the_data_do_not_name_them() -> None:
    text = (
        "Norvena Receives Complete Response Letter\nBOSTON, May 4, 2021 -- Norvena Inc. "
        "(Nasdaq: NRVN) today announced "
        "that the FDA has issued a complete response letter."
    )
    assert origin(Labelled("a", text)) == Origin("norvena inc.", "2021-05-04")
    assert origin(Labelled("a", text, company="Other", date="2020-01-01")) == Origin(
        "other", "2020-01-01"
    )


def test_a_release_of_no_known_company_is_a_group_of_its_own() -> None:
    assert groups_of(records(2), [Origin(None, None), Origin("x", None)]) == {
        "r0": "id r0",
        "r1": "company x",
    }


def test_releases_of_one_company_are_parted_by_time() -> None:
    split = divide(records(40), origins(40, 1), "by company and time")
    assert split.rule == "the newest fifth of the texts"
    assert split.rounds[0].measure == list(range(32, 40))
