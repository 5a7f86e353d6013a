"""Blocks as Markdown: words of data cannot become markup."""

from __future__ import annotations

import pytest

from eventrisk.show.blocks import Heading, Paragraph, Picture, ranged, table
from eventrisk.show.markdown import escaped, markdown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a | b", "a \\| b"),
        ("<b>", "\\<b\\>"),
        ("[a](http://b)", "[a]\\(http://b)"),
        ("![i](x)", "![i]\\(x)"),
        ("[a][b]", "[a]\\[b]"),
        ("**bold** `code`", "\\*\\*bold\\*\\* \\`code\\`"),
        ("vote_outcome _slanted_", "vote_outcome \\_slanted\\_"),
        ("0.922 [0.905, 0.938]", "0.922 [0.905, 0.938]"),
        ("two\nlines\x1b[31m", "two lines\ufffd[31m"),
        ("a\\", "a\\\\"),
    ],
)
def test_words_stay_words(words: str, shown: str) -> None:
    assert escaped(words) == shown


def test_a_page_is_its_blocks() -> None:
    page = markdown(
        [
            Heading("Title", 1),
            Paragraph("# no heading"),
            Paragraph("1. no list"),
            table(("a", "b|c"), [("x", 0.12345), (None, 3)], "Of it"),
            Picture("<svg/>", "What", "what.svg"),
        ]
    )
    assert page == (
        "# Title\n\n\\# no heading\n\n1\\. no list\n\n"
        "**Of it**\n\n| a | b\\|c |\n|---|---|\n| x | 0.123 |\n|  | 3 |\n\n"
        "![What](what.svg)\n"
    )


def test_a_figure_stands_with_its_interval() -> None:
    assert (ranged(0.9, (0.85, 0.94)), ranged(0.9, None)) == ("0.900 [0.850, 0.940]", "0.900")
