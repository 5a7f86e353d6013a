"""Carriers' syntax goes, the words stay."""

from __future__ import annotations

import pytest

from eventrisk.markup import strip_markup


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
