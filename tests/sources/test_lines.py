"""Wrapped lines are joined, paragraphs are kept, pages leave no trace."""

from __future__ import annotations

from eventrisk.sources.lines import join_lines

WRAPPED = """\
OSLO, Norway, March 3, 2004 - Norvena ASA said today that the agency has asked
for a second study of korvexine before it decides on the application that the
company filed last year.

About Norvena

Norvena is small.
"""


def test_a_wrapped_paragraph_becomes_one_line() -> None:
    lines = join_lines(WRAPPED).text.split("\n")
    assert lines == [
        "OSLO, Norway, March 3, 2004 - Norvena ASA said today that the agency has asked for "
        "a second study of "
        "korvexine before it decides on the application that the company filed last year.",
        "About Norvena",
        "Norvena is small.",
    ]


def test_short_lines_of_a_contact_block_stay_apart() -> None:
    block = "Contact:\nJan Roe\n555-0100\njan@norvena.example"
    assert join_lines(block).text == block


def test_a_page_mark_inside_a_sentence_leaves_no_trace() -> None:
    text = (
        "The committee met in the morning and heard four speakers who asked it to\n\n    "
        "-2-\n<PAGE>\n\n"
        "wait for the second study.\n"
    )
    joined = (
        "The committee met in the morning and heard four speakers who asked it to wait for the "
        "second study."
    )
    assert join_lines(text.replace("<PAGE>", "")).text == joined


def test_a_page_mark_between_paragraphs_keeps_them_apart() -> None:
    assert (
        join_lines("It closed.\n\n- 3 -\n\nThe next year began.").text
        == "It closed.\nThe next year began."
    )


def test_a_compound_broken_at_its_hyphen_is_closed() -> None:
    text = (
        "The trial enrolled adults with previously treated metastatic non-\nsmall cell lung "
        "cancer in Europe."
    )
    assert "non-small cell" in join_lines(text).text


def test_bullets_stay_on_their_own_lines() -> None:
    text = (
        "Highlights of the second quarter of the year and of the months that came after\n- one "
        "study began\n- one ended"
    )
    assert join_lines(text).text.count("\n") == 2


def test_a_centred_heading_of_two_lines_is_one() -> None:
    text = "          NORVENA REPORTS A VOTE OF\n          THE COMMITTEE ON KORVEX\n\nIt was close."
    assert (
        join_lines(text).text == "NORVENA REPORTS A VOTE OF THE COMMITTEE ON KORVEX\nIt was close."
    )


def test_rules_of_dashes_vanish() -> None:
    assert join_lines("Headline\n--------\nText.").text == "Headline\nText."
