"""Code that stands in README and in the pages of docs, under a mark that says how it is tried."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
KINDS = ("python", "bash")


def blocks(page: str, mark: str) -> dict[str, list[str]]:
    """The code under a mark, by language."""
    found = re.findall(rf"<!-- {mark} -->\n```(\w+)\n(.*?)```", page, re.DOTALL)
    return {kind: [code for k, code in found if k == kind] for kind in KINDS}


def written(page: str, kind: str) -> int:
    """How many blocks of a language a page has, marked or not."""
    return len(re.findall(rf"^```{kind}$", page, re.MULTILINE))


def shell(block: str) -> subprocess.CompletedProcess[str]:
    """Runs a block as it stands, with our commands on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    run = ["bash", "-euo", "pipefail", "-c", block]
    return subprocess.run(
        run, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
