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
    given_, known = records(400), origins(400, 40)
    split = divide(given_, known, "by company and time")
    (learn, measure), *more = split.rounds
    assert (more, split.kept_out) == ([], False)
    assert sorted(learn + measure) == list(range(400))
    assert len(measure) == 80
    assert {known[i].company for i in learn}.isdisjoint({known[i].company for i in measure})
    assert max(known[i].date for i in learn) <= min(known[i].date for i in measure)


def test_few_releases_are_each_measured_on_once_in_five_folds() -> None:
    split = divide(records(30), origins(30, 10), "by company and time")
    assert len(split.rounds) == 5
    assert sorted(i for found in split.rounds for i in found.measure) == list(range(30))
    assert "five parts" in split.rule


def test_one_giant_company_does_not_become_the_whole_test() -> None:
    known = [
        Origin("giant" if n >= 150 else f"c{n % 30}", f"2020-{1 + n // 40:02d}-01")
        for n in range(400)
    ]
    (_, measure), *_ = divide(records(400), known, "by company and time").rounds
    assert 0 < len(measure) <= 160
    assert "giant" not in {known[i].company for i in measure}


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
