"""Virtual environments of other tools, each with pinned versions, made once and kept."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTS = ROOT / "tests" / "tools" / "environments"
CACHE = ROOT / "build" / "tools"
INSTALL_SECONDS = 1_800


def environment(name: str) -> Path:
    """The interpreter of an environment that holds what ``environments/NAME.txt`` lists."""
    wanted = (LISTS / f"{name}.txt").read_bytes()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    digest = hashlib.sha256(wanted + version.encode()).hexdigest()[:12]
    folder = CACHE / f"{name}-{digest}"
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        listed = ["-r", LISTS / f"{name}.txt"]
        subprocess.run([*pip, *listed], check=True, timeout=INSTALL_SECONDS)
        done.touch()
    return python
