"""Scripts are code like the library's; the folders of data hold data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.paths import DATA, MODELS, ROOT

SCRIPTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "scripts").rglob("*.py"))
}
RUN = re.compile(r"python -m (scripts(?:\.\w+)+)")
PAGES = ("Makefile", "README.md", "CONTRIBUTING.md", "data/README.md", "models/EXPERIMENTS.md")


@pytest.mark.parametrize("folder", [DATA, MODELS, ROOT / "docs"], ids=lambda path: path.name)
def test_folders_of_data_hold_no_code(folder: Path) -> None:
    assert list(folder.rglob("*.py")) == []


def test_no_script_reaches_for_the_search_path() -> None:
    assert [name for name, code in SCRIPTS.items() if "sys.path" in code] == []


def test_scripts_stay_small() -> None:
    assert [name for name, code in SCRIPTS.items() if code.count("\n") > 300] == []


def test_every_command_a_page_or_a_script_names_is_a_script_that_runs() -> None:
    texts = [(ROOT / page).read_text(encoding="utf-8") for page in PAGES] + list(SCRIPTS.values())
    named = {module for text in texts for module in RUN.findall(text)}
    assert len(named) >= 10
    for module in named:
        code = SCRIPTS[f"{module.replace('.', '/')}.py"]
        assert 'if __name__ == "__main__":' in code, module
