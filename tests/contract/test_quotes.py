"""Of an exhibit in HTML the same words are quoted as of the same release in plain text."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

import eventrisk
from eventrisk import Analysis, to_frame
from eventrisk.export.columns import LONG
from eventrisk.show.html import card
from eventrisk.show.saved import plain_page

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
FONT = "font-family: Times New Roman, Times, Serif; font-size: 10pt; background-color: white"
PARAGRAPH = f'<P STYLE="{FONT}; margin: 0pt 0; text-align: justify; text-indent: 0.5in">'
NAMES = ("complete_response_letter.txt", "hold_lifted.txt", "financing.txt")


def of_a_filing_agent(text: str) -> str:
    """Every paragraph styled, every fifth word in a font of its own, as EDGAR's exhibits are."""
    out = []
    for paragraph in re.split(r"\n\s*\n", text):
        words = html.escape(paragraph).split()
        for at in range(2, len(words), 5):
            words[at] = f'<FONT STYLE="{FONT}"><B>{words[at]}</B></FONT>'
        out.append(f"{PARAGRAPH}{' '.join(words)}</P>")
    return f"<HTML><BODY>\n{chr(10).join(out)}\n</BODY></HTML>"


@pytest.fixture(scope="module", params=NAMES)
def both(request: pytest.FixtureRequest) -> tuple[Analysis, Analysis]:
    text = (EXAMPLES / request.param).read_text(encoding="utf-8")
    text = re.sub(r"[ \t]*\n[ \t]*(?=\S)", " ", re.sub(r"\n[ \t]*\n", "\f", text))
    text = text.replace("\f", "\n\n")
    return eventrisk.analyze(text), eventrisk.analyze(of_a_filing_agent(text))


def test_every_table_quotes_the_same_words(both: tuple[Analysis, Analysis]) -> None:
    plain, marked = both
    for table in ("scores", *LONG):
        one, other = to_frame(plain, table=table), to_frame(marked, table=table)
        words = [name for name in one if name == "text" or str(name).endswith("quote")]
        assert one[words].equals(other[words])
    assert len(to_frame(plain, table="entities")) > 5


def test_card_and_page_hold_no_markup_of_the_exhibit(both: tuple[Analysis, Analysis]) -> None:
    plain, marked = both
    shown = re.sub(r"<style>.*?</style>|<[^<>]*>", " ", card(marked))
    for page in (html.unescape(shown), plain_page(marked, text=True)):
        for sign in ("font-family", "Serif", "margin", "STYLE", "<B>", "</"):
            assert sign not in page
    own = plain_page(marked)
    assert own == plain_page(plain)
