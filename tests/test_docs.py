"""What the pages of docs print, runs; each is linked from README, and what it links exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from documented import KINDS, ROOT, blocks, shell, written

PAGES = sorted((ROOT / "docs").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
SLOW = "tested: slow"


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def page(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the repository's data in reach."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_block_of_python_and_bash_is_marked_as_tested(page: str) -> None:
    marked = {
        kind: len(blocks(page, "tested")[kind]) + len(blocks(page, SLOW)[kind]) for kind in KINDS
    }
    assert marked == {kind: written(page, kind) for kind in KINDS}


@pytest.mark.usefixtures("folder")
def test_the_blocks_run_in_their_order(page: str) -> None:
    run(blocks(page, "tested"))


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_the_slow_blocks_run_after_the_others(page: str) -> None:
    slow = blocks(page, SLOW)
    if any(slow.values()):
        run(blocks(page, "tested"))
        run(slow)


def run(code: dict[str, list[str]]) -> None:
    names: dict[str, object] = {}
    for block in code["python"]:
        exec(compile(block, "docs", "exec"), names)
    for block in code["bash"]:
        out = shell(block)
        assert out.returncode == 0, out.stderr
        assert "Traceback" not in out.stderr


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_page_is_linked_from_readme_or_another_page(path: Path) -> None:
    others = [p.read_text(encoding="utf-8") for p in PAGES if p != path]
    assert f"](docs/{path.name})" in README or any(f"]({path.name})" in other for other in others)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_a_page_links_exists(path: Path) -> None:
    links = re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_vocabulary_page_prints_what_it_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    run({"python": blocks(page, "tested")["python"], "bash": []})
    assert capsys.readouterr().out.splitlines() == [
        "Norland Board of Medicines | agency | Norland Board of Medicines | 0 | 26",
        "Zorvane | drug | zorvanimod | 36 | 43",
        "ZV-77 | drug | zorvanimod | 45 | 50",
        "Plaque Psoriasis | indication | plaque psoriasis | 56 | 72",
        "Halcyon Reach",
    ]
    assert (folder / "mine.tsv").is_file()
