"""Files of every usual kind are read to the character; what is no text is named with what to do."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventrisk.errors import InputError
from eventrisk.sources.files import decode, read_file

TEXT = "Norvena’s “Corvastim” – 90 % of patients\r\nsecond line\n"
PLAIN = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=60
)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_text_is_read_in_its_encoding_with_line_ends_kept(
    data: bytes, encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "x.txt").write_bytes(data)
    assert read_file(tmp_path / "x.txt") == (TEXT, encoding)


@given(PLAIN)
def test_any_utf8_text_comes_back(text: str) -> None:
    data = text.encode("utf-8")
    if not data.startswith((codecs.BOM_UTF8, b"%PDF", b"PK\x03\x04", b"{\\rtf")):
        assert decode(data, "x").text == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", "is a PDF file, not text; extract its text first"),
        (b"PAR1\x15\x04", "a Parquet file, not text; name it .parquet"),
        (b"PK\x03\x04word/document.xml", "a zip archive or an Office document"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"{\\rtf1 Norvena}", "a Rich Text file"),
        (b"abc\x00def", "holds NUL characters"),
        (TEXT.encode("utf-16-le"), "UTF-16 without a mark"),
        (b"\x81\x8d\x8f", "neither UTF-8 nor Windows-1252"),
        (codecs.BOM_UTF16_LE + b"a", "neither UTF-8 nor"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(data)
    with pytest.raises(InputError, match=r"odd\.txt: .*" + said):
        read_file(tmp_path / "odd.txt")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.txt: cannot be read \(No such file"):
        read_file(tmp_path / "gone.txt")
    with pytest.raises(
        InputError, match="is a folder, not a release; `eventrisk score` reads folders"
    ):
        read_file(tmp_path)
