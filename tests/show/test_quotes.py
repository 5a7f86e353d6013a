"""A quote holds the words of the claim, strong, and leaves out no more than it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.results import Catalyst, Event, Evidence
from eventrisk.show.quotes import Piece, cut, in_context, one_line, planned, supporting
from factories import TEXT, analysis, bare, place

WORDS = st.text(st.sampled_from("ab .,"), min_size=1, max_size=200)


def event(text: str, words: str) -> tuple[object, Event]:
    start = text.index(words)
    made = Event(
        "approval", "positive", "occurred", None, None, (), (), (), 0.9, start, start + len(words)
    )
    return bare(text=text, events=(made,)), made


def said(pieces: list[Piece]) -> str:
    return "".join(f"*{p.text}*" if p.strong else p.text for p in pieces)


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        (
            "The study ended. The FDA approved it today. More came.",
            "approved it",
            "The FDA *approved it* today.",
        ),
        (
            "Norvena Inc. of the U.S. has approved it\n\nNext",
            "has approved",
            "Norvena Inc. of the U.S. *has approved* it",
        ),
        (
            "<p>One</p><p>The FDA <b>has\napproved</b>&nbsp;it</p><p>Two</p>",
            "approved",
            "The FDA has *approved* it",
        ),
        ("approved", "approved", "*approved*"),
    ],
)
def test_a_claim_stands_in_its_sentence(text: str, words: str, quote: str) -> None:
    assert said(in_context(*event(text, words))).strip() == quote  # type: ignore[arg-type]


def test_what_is_left_out_of_a_long_sentence_is_marked_and_words_stay_whole() -> None:
    text = "word " * 60 + "approved it" + " more" * 60
    assert said(in_context(*event(text, "approved it"), reach=22)) == (  # type: ignore[arg-type]
        "… word word word word *approved it* more more more more …"
    )


@given(WORDS, st.integers(0, 199), st.integers(1, 40))
def test_the_words_of_a_claim_are_in_its_quote_and_strong(text: str, at: int, length: int) -> None:
    start = min(at, len(text) - 1)
    made = Catalyst("approval", "", None, None, "day", start, min(len(text), start + length))
    release = bare(text=text, catalysts=(made,))
    own = " ".join(release.quote(made).split())
    assert own in " ".join("".join(p.text for p in in_context(release, made) if p.strong).split())


@given(
    WORDS,
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=5),
    st.integers(20, 80),
)
def test_a_cut_text_is_the_text_on_one_line_or_a_window_of_it(
    text: str, spans: list, longest: int
) -> None:
    line = " ".join(text.split())
    shown = "".join(piece.text for piece in cut(text, spans, longest))
    core = shown.removeprefix("… ").removesuffix(" …")
    assert core.strip() in line
    assert len(core) <= longest
    if len(line) <= longest:
        assert shown.strip() == line


def test_evidence_within_evidence_is_its_strong_part() -> None:
    outer, inner = place("The FDA may not approve Corvastim"), place("may not approve")
    other = place("We may need additional capital")
    evidence = (Evidence(*outer, 0.9), Evidence(*inner, 0.5), Evidence(*other, 0.8))
    first, second = supporting(analysis(), evidence, 5)
    assert said(first) == "The FDA *may not approve* Corvastim"
    assert said(second) == "We may need additional capital"
    assert [said(pieces) for pieces in supporting(analysis(), evidence, 1)] == [said(first)]


def test_the_strong_words_of_a_long_passage_are_in_its_window() -> None:
    text = "a" * 10 + " filler" * 100 + " strong words" + " filler" * 100
    start = text.index("strong")
    pieces = cut(text, [(start, start + 12)], 100)
    assert Piece("strong words", True) in pieces
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"


def test_one_line_has_no_line_breaks_and_keeps_both_ends_of_a_long_text() -> None:
    assert one_line(TEXT.splitlines()[0]) == TEXT.splitlines()[0]
    assert one_line("begin " + "x" * 500 + " end", 30) == f"begin {'x' * 14} … {'x' * 6} end"


STYLED = '<FONT STYLE="font-family: Times New Roman, Times, Serif; font-size: 10pt; color: black">'


@pytest.mark.parametrize("words", ["approved", "FDA", "today"])
def test_around_a_claim_stand_words_and_never_attributes(words: str) -> None:
    text = (
        f"<P>{STYLED}All is well.</FONT></P>\n<P>{STYLED}The</FONT> {STYLED}FDA</FONT> "
        f"{STYLED}approved</FONT> {STYLED}Lomera</FONT> {STYLED}today</FONT>.</P>\n<P>{STYLED}End"
    )
    strong = "The FDA approved Lomera today.".replace(words, f"*{words}*")
    assert said(in_context(*event(text, words))).strip() == strong  # type: ignore[arg-type]


def test_a_claim_whose_ends_fall_in_markup_is_quoted_by_its_words() -> None:
    text = f"<P>{STYLED}The FDA approved it.</FONT></P><P>{STYLED}Next.</P>"
    start, end = text.index("Times"), text.index("</FONT>") + 3
    made = Event("approval", "positive", "occurred", None, None, (), (), (), 0.9, start, end)
    assert said(in_context(bare(text=text), made)).strip() == "*The FDA approved it.*"
    outside = (Evidence(start, end, 1.0),)
    assert said(supporting(bare(text=text), outside, 1)[0]) == "The FDA approved it."


def test_the_sentence_of_a_catalyst_has_its_time_strong_and_a_window_where_it_is_long() -> None:
    long = f"Norvena {'very ' * 100}<i>soon</i>, in <b>May 2022</b>, expects {'more ' * 100}data."
    at = long.index("May 2022")
    plan = Catalyst("approval", "May 2022", None, None, "month", at, at + 8, 0, len(long))
    pieces = planned(bare(text=long), plan, 60)
    assert said(pieces).count("soon, in *May 2022*, expects more") == 1
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")
