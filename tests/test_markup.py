"""Carriers' syntax goes, the words stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.markup import strip_markup, visible, words_of


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("Norvena &amp; Co", "Norvena & Co"),
        ("5&nbsp;mg&#160;daily", "5 mg daily"),
        ("Norvena&rsquo;s &ldquo;plan&rdquo;", 'Norvena\'s "plan"'),
        ("“plan” ‘b’", "\"plan\" 'b'"),
        ("soft\u00adhyphen", "softhyphen"),
        ("<p>One</p><p>Two</p>", "\nOne\n\nTwo\n"),
        ("<B>bold</B> <i>x</i>", "bold x"),
        ("<td>5</td><td>6</td>", " 5  6 "),
        ("p < 0.001 and x > 3", "p < 0.001 and x > 3"),
        ("p<0.001", "p<0.001"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("&unknown; stays", "&unknown; stays"),
        ("a<!-- gone -->b", "a\nb"),
        ("a<script>x = 1 < 2</script>b", "a\nb"),
        ("open <!-- never closed", "open <!-- never closed"),
        ("see [the label](https://x.example/a) now", "see the label now"),
        ("![logo](https://x.example/a.png)text", "text"),
        ("# Headline", "\nHeadline"),
        ("a **strong** word", "a strong word"),
        ("one\r\ntwo", "one\ntwo"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_markup_becomes_plain(raw: str, plain: str) -> None:
    assert strip_markup(raw).text == plain


def test_a_bold_heading_in_a_running_line_becomes_a_line() -> None:
    text = strip_markup("It ended well. **About Norvena** Norvena is small.").text
    assert [line.strip() for line in text.split("\n")] == [
        "It ended well.",
        "About Norvena",
        "Norvena is small.",
    ]


def test_bold_words_inside_a_sentence_stay_in_it() -> None:
    assert "\n" not in strip_markup("The dose of **Korvex** was halved.").text


def test_a_long_rule_that_words_follow_takes_no_longer_than_any_line() -> None:
    line = f"{'-' * 400} {'=' * 400}"
    assert strip_markup(f"One\n{line}\nTwo").text.split() == ["One", "Two"]
    assert strip_markup(f"One\n{line} words\nTwo").text == f"One\n{line} words\nTwo"


STYLE = 'STYLE="font: 10pt Times New Roman, Times, Serif; margin: 0pt 0; text-align: justify"'


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("<p>One</p><p>Two</p>", "One Two"),
        (f"<P {STYLE}>One <FONT {STYLE}><B>two</B></FONT>.</P>", "One two."),
        ("<td>Yes</td><td>No</td>", "Yes No"),
        ("(&#8220;FDA&#8221;)&nbsp;A&amp;B", "(“FDA”) A&B"),
        ("Lomera® and Lomera(TM)", "Lomera® and Lomera(TM)"),
        ("a <!-- no --> b<script>x()</script>", "a b"),
        ("see [the label](https://x.example/a) now", "see the label now"),
        ("## About\n* One\n* Two", "About • One • Two"),
        ("Chronic <Wet> Cough, p < 0.05 and > 3", "Chronic <Wet> Cough, p < 0.05 and > 3"),
        ("Lomera and NV-\n  110 for long-\nterm use", "Lomera and NV-110 for long-term use"),
    ],
)
def test_a_reader_sees_words_and_no_syntax(raw: str, seen: str) -> None:
    assert words_of(raw, 0, len(raw)) == seen


@pytest.mark.parametrize("inside", ["10pt", "Times, Serif", "STYLE"])
def test_of_a_span_that_begins_or_ends_within_a_tag_the_words_stay(inside: str) -> None:
    raw = f"<p {STYLE}>The FDA approved Lomera.</p><p {STYLE}>Next.</p>"
    assert words_of(raw, raw.index(inside), raw.index(" Lomera")) == "The FDA approved"
    assert words_of(raw, raw.index("approved"), raw.rindex(inside)) == "approved Lomera."
    assert words_of(raw, raw.index(inside), raw.index(inside) + 3) == ""


@given(st.text(max_size=80))
def test_a_text_without_signs_of_markup_is_seen_as_it_is(text: str) -> None:
    plain = re.sub(r"[<>&*_#\[\]!=-]", "x", text)
    assert visible(plain).text == plain
    assert words_of(plain, 0, len(plain)).split() == plain.split()
