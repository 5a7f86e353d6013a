"""A clean copy with the way back: never raises, never loses the way, never takes long."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.markup import strip_markup
from eventrisk.sources.clean import clean

PIECES = st.sampled_from(
    [
        "Norvena",
        "korvexine",
        "said",
        "today",
        "the",
        "agency",
        "non-",
        "small",
        "5 mg",
        "AZ-1222",
        "R&amp;D",
        "&nbsp;",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<td>",
        "**",
        "# ",
        "* ",
        "[1]",
        "(R)",
        "®",
        "™",
        "“",
        "”",
        "’",
        "&ldquo;",
        "<PAGE>\n",
        "- 2 -\n",
        "---\n",
        ". ",
        ", ",
        "<!-- x -->",
        "[a](http://b.example)",
    ]
)
RAW = st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=40).map("".join)
HALF_LINK = re.compile(r"\[(?=\w)|\]\([^()\s]*\)")
WORD = re.compile(r"[A-Za-z0-9]+")


@given(RAW)
def test_every_word_leads_back_to_the_same_word(raw: str) -> None:
    cleaned = clean(raw)
    for match in WORD.finditer(cleaned.text):
        start, end = cleaned.raw_span(*match.span())
        given_words = HALF_LINK.sub(
            "", raw[start:end]
        )  # a word may begin before a link and end in it
        assert WORD.findall(strip_markup(given_words).text) == [match.group()]


@given(RAW, st.data())
def test_a_span_of_words_leads_back_to_those_words_in_order(raw: str, data: st.DataObject) -> None:
    cleaned = clean(raw)
    words = list(WORD.finditer(cleaned.text))
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start, end = cleaned.raw_span(words[first].start(), words[last].end())
    assert 0 <= start < end <= len(raw)
    assert start == cleaned.raw_span(*words[first].span())[0]
    assert end == cleaned.raw_span(*words[last].span())[1]


@given(st.text() | st.text("<>&;*#[]()!-_ \n\r\t®\ud800\x00ab1.", max_size=200))
def test_cleaning_never_raises_and_every_character_has_a_place(raw: str) -> None:
    cleaned = clean(raw)
    places = [cleaned.raw_span(at, at + 1) for at in range(len(cleaned.text))]
    assert all(0 <= start < end <= len(raw) for start, end in places)
    assert places == sorted(places)


@given(RAW)
def test_marks_stand_behind_a_character(raw: str) -> None:
    cleaned = clean(raw)
    assert all(0 <= mark <= len(cleaned.text) for mark in cleaned.marks)


def test_a_trade_mark_is_taken_off_and_remembered() -> None:
    cleaned = clean("Norvena's KORVEX® (korvexine) and TULVA (TM) sell.")
    assert cleaned.text == "Norvena's KORVEX (korvexine) and TULVA sell."
    assert [cleaned.text[:mark].split()[-1] for mark in cleaned.marks] == ["KORVEX", "TULVA"]


def test_a_mark_glued_to_a_word_leaves_a_space() -> None:
    assert clean("KORVEX®tablets").text == "KORVEX tablets"


def test_a_chemists_prefix_is_no_mark() -> None:
    assert (
        clean("(R)-warfarin and warfarin (R) tablets").text == "(R)-warfarin and warfarin tablets"
    )


def test_a_span_ends_before_the_mark() -> None:
    raw = "the drug KORVEX® works"
    cleaned = clean(raw)
    at = cleaned.text.index("KORVEX")
    assert raw[slice(*cleaned.raw_span(at, at + 6))] == "KORVEX"


def test_an_html_table_keeps_its_cells_apart() -> None:
    text = clean(
        "<table><tr><td>Cash</td><td>$ 5</td></tr><tr><td>Debt</td><td>$&nbsp;6</td></tr></table>"
    ).text
    assert text == "Cash $ 5\nDebt $ 6"


HOSTILE = [
    "<",
    "<a ",
    "&abc",
    "**A ",
    "[a](",
    "![a",
    "# ",
    "\n",
    " \n",
    "<!--",
    "<script ",
    "- ",
    "ab\n",
    "®",
    "<td>1",
    "1 ",
]


@pytest.mark.timeout(60)  # a watchdog: milliseconds when linear, minutes when not
@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_does_not_hang(unit: str) -> None:
    raw = unit * (400_000 // len(unit))
    assert clean(raw).raw == raw


def test_five_megabytes_on_one_line_are_cleaned_whole() -> None:
    assert len(clean("The agency met again. " * 230_000).text) > 5_000_000


def test_an_endless_run_is_parted_and_every_character_still_leads_back() -> None:
    raw = "x" * 450 + " Norvex(R) works " + "(" * 401
    cleaned = clean(raw)
    assert max(map(len, cleaned.text.split())) == 200
    at = cleaned.text.index("Norvex")
    assert raw[slice(*cleaned.raw_span(at, at + 6))] == "Norvex"
    assert cleaned.marks == (at + 6,)
    assert cleaned.raw_span(0, 210) == (0, 209)


def test_a_name_in_a_link_is_placed_on_its_own_words() -> None:
    raw = "The [FDA](https://example.org/fda) approved [Norvex in gout](x) today."
    cleaned = clean(raw)
    assert cleaned.text == "The FDA approved Norvex in gout today."
    at = cleaned.text.index("gout")
    assert raw[slice(*cleaned.raw_span(at, at + 4))] == "gout"
    assert raw[slice(*cleaned.raw_span(4, 7))] == "FDA"
