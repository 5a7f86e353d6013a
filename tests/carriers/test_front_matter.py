"""Front matter and headers of mails: what they say of the release, and that they are none of it."""

from __future__ import annotations

import pytest

from eventrisk.carriers.front_matter import front_matter
from eventrisk.carriers.quoted_printable import is_quoted_printable
from eventrisk.markup import decoded_transfer, strip_markup
from eventrisk.sources.clean import clean

BODY = "The agency approved Korvex for asthma.\n"


@pytest.mark.parametrize(
    ("head", "title", "day"),
    [
        ('---\ntitle: "FDA Nod"\ndate: 2025-05-12\n---\n', "FDA Nod", "2025-05-12"),
        ("---\r\ntitle: FDA Nod\r\npublished: May 12, 2025\r\n---\r\n", "FDA Nod", "2025-05-12"),
        ("---\nlayout: post\ntags:\n  - fda\n  - news\ntitle: 'FDA Nod'\n---\n", "FDA Nod", None),
        ("---\ntitle: >\n  FDA Nod\npubDate: 2025-05-12T08:00:00Z\n...\n", "FDA Nod", "2025-05-12"),
        ('+++\ntitle = "FDA Nod"\ndate = 2025-05-12T08:00:00Z\n+++\n', "FDA Nod", "2025-05-12"),
        (
            "From: a@example.org\nTo: b@example.org\nSubject: Fwd: FDA Nod\n"
            "Date: Mon, 12 May 2025 08:00:00 -0400\n\n",
            "FDA Nod",
            "2025-05-12",
        ),
    ],
)
def test_title_and_day_are_read_and_all_else_is_no_text(
    head: str, title: str, day: str | None
) -> None:
    cleaned = clean(head + BODY)
    assert cleaned.text.split("\n") == [title, BODY.strip()]
    assert cleaned.facts.date == day
    at = cleaned.text.index("Nod")
    assert (head + BODY)[slice(*cleaned.raw_span(at, at + 3))] == "Nod"


def test_a_title_that_stands_above_the_words_again_is_read_once() -> None:
    raw = f"---\ntitle: FDA Nod\n---\n\n# FDA Nod\n\n{BODY}"
    assert clean(raw).text.split("\n") == ["FDA Nod", BODY.strip()]


@pytest.mark.parametrize(
    "text",
    [
        f"---\n\nFDA Nod for Korvex\n\n---\n\n{BODY}",
        f"---\nThe agency: it approved Korvex and\nnothing else.\n---\n{BODY}",
        f"Contact: Jan Roe\nPhone: 555\n\n{BODY}",
        BODY,
    ],
)
def test_rules_of_dashes_and_labels_are_no_front_matter(text: str) -> None:
    assert front_matter(text) is None


def test_quoted_printable_words_are_whole_again() -> None:
    raw = "Korvex=C2=AE was app=\nroved =E2=80=93 the agency=E2=80=99s letter said so.=20\n"
    plain = decoded_transfer(raw)
    assert plain is not None
    assert plain.text == "Korvex® was approved – the agency’s letter said so. \n"
    at = plain.text.index("approved")
    assert raw[slice(*plain.old_span(at, at + 8))] == "app=\nroved"


def test_an_equals_sign_is_no_encoding() -> None:
    assert not is_quoted_printable("p=0.03, n=20 and HR=0.70 (CI=95); p=0.01; x=AB")
    assert strip_markup("p=0.03 n=20 HR=0.70").text == "p=0.03 n=20 HR=0.70"
