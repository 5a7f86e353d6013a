"""The name of a file is never taken for a release, and a release never for a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventrisk.errors import InputError
from eventrisk.sources.file_names import is_file_name, refuse_addresses, refuse_file_name


@pytest.mark.parametrize(
    "name",
    [
        "data/examples/approval.md",
        "approval.md",
        "C:\\news\\a.TXT",
        "news.csv",
        "exhibits/",
        " a.html\n",
        "my other release.txt",
        "Q3 results final.PDF",
        "filing.pdf",
    ],
)
def test_a_string_that_looks_like_a_file_is_refused_with_the_way(name: str) -> None:
    assert is_file_name(name)
    with pytest.raises(InputError, match=r"is the name of a file, not a release; read it with"):
        refuse_file_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "Approval",
        "FDA Approves Norvena",
        "See our results at norvena.com/results.html",
        "FDA Approves Norvena\nSee a.html",
        "Norvena Inc.",
        "x",
        "10/4",
        "\ud800.txt and more",
        "a" * 200_000,
        "FDA Approves Norvena " * 10 + "a.txt",
        "Norvena names its new site norvena.com",
        "Norvena reports Q3.5 results",
    ],
)
def test_a_text_is_no_file(text: str) -> None:
    assert not is_file_name(text)


def test_a_string_that_is_a_file_or_folder_on_disk_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exhibits").mkdir()
    (tmp_path / "exhibits" / "my release.txt").write_text("x", encoding="utf-8")
    assert is_file_name("exhibits")
    assert is_file_name("exhibits/my release.txt")
    assert is_file_name("exhibits/no release.txt")
    assert not is_file_name("exhibits/no release")
    assert not is_file_name("exhibit")


@pytest.mark.parametrize(
    "name", ["https://example.org/a.html", "HTTP://example.org", Path("https://example.org/a")]
)
def test_an_address_is_refused_since_nothing_is_fetched(name: str | Path) -> None:
    with pytest.raises(InputError, match="is an address, and nothing is fetched: download it"):
        refuse_addresses([name])


def test_words_about_an_address_are_a_text() -> None:
    refuse_file_name("Results: https://example.org/a.html")
    refuse_file_name("https://example.org/a.html holds the results")
