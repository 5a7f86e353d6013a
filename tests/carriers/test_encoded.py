"""Encoded parts are found whole, and fast."""

from __future__ import annotations

import base64
import binascii
import random
import time

import pytest

from eventrisk.markup import strip_markup, visible

NEWS = "The FDA approved Korvex (korvexine) for asthma.\n"


def uuencoded(size: int) -> str:
    data = random.Random(size).randbytes(size)
    lines = [binascii.b2a_uu(data[at : at + 45]).decode().rstrip("\n") for at in range(0, size, 45)]
    return "\n".join(["begin 644 logo.jpg", *lines, "`", "end"]) + "\n"


def base64_lines(size: int) -> str:
    return base64.encodebytes(random.Random(size).randbytes(size)).decode()


@pytest.mark.parametrize("encode", [uuencoded, base64_lines])
@pytest.mark.parametrize("size", [200, 999, 5_000])
def test_an_encoded_part_between_words_is_gone(encode: object, size: int) -> None:
    assert callable(encode)
    raw = f"{NEWS}{encode(size)}{NEWS}"
    assert strip_markup(raw).text.split() == (NEWS + NEWS).split()
    assert visible(raw).text.split() == (NEWS + NEWS).split()


def test_a_part_whose_end_is_cut_off_is_gone_too() -> None:
    raw = NEWS + uuencoded(4_000)[:3_000]
    assert strip_markup(raw).text.split() == NEWS.split()


def test_words_that_begin_like_a_part_stay() -> None:
    words = "begin 644 patients\nThe trial will begin 100 days later.\n"
    assert strip_markup(words).text == words


def test_an_address_of_data_goes_with_its_tag_or_link() -> None:
    data = "data:image/png;base64," + base64.b64encode(random.Random(1).randbytes(9_000)).decode()
    assert strip_markup(f'<p>One</p><img alt="a" src="{data}"><p>Two</p>').text.split() == [
        "One",
        "Two",
    ]
    assert strip_markup(f"One\n![logo]({data})\nTwo").text.split() == ["One", "Two"]
    assert strip_markup("All data: see page 3, please").text == "All data: see page 3, please"


def test_what_a_page_hides_is_no_words() -> None:
    raw = '<div style="display: none"><div>Hidden</div> text</div><p hidden>No</p><p>Seen</p>'
    assert strip_markup(raw).text.split() == ["Seen"]
    assert strip_markup('<div style="display:none">Never closed').text.strip() == "Never closed"


def test_inline_xbrl_is_taken_off_and_its_header_is_not_read() -> None:
    raw = (
        "<ix:header><ix:hidden><ix:nonNumeric name='dei:X'>false</ix:nonNumeric></ix:hidden>"
        "</ix:header><p>Form <ix:nonNumeric name='dei:DocumentType' id='a'>8-K</ix:nonNumeric></p>"
    )
    assert strip_markup(raw).text.split() == ["Form", "8-K"]
    assert visible(raw).text.split() == ["Form", "8-K"]


def test_the_time_grows_with_the_length_alone() -> None:
    def seconds(raw: str) -> float:
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            strip_markup(raw)
            best = min(best, time.process_time() - start)
        return best

    for raw in (uuencoded(60_000), base64_lines(60_000), '<div style="display:none">x' * 3_000):
        assert seconds(raw * 8) < 8 * max(seconds(raw), 0.002) * 3
