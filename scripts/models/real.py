"""Scores the shipped model on real labelled releases that are no part of the project; writes
``real_metrics.json``.

python -m scripts.models.real SCORE.py LABELLED.jsonl

``SCORE.py`` prints a line ``metric value [low, high]`` each, the figure and its 95 % interval. The
card prints it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

from scripts.models import card

LINE = re.compile(r"(\w+)\s+(-?[\d.]+)(?:\s+\[(-?[\d.]+), (-?[\d.]+)\])?")


def figures(printed: str) -> dict[str, list[float]]:
    """Metric → value, or value, low and high, as printed."""
    matches = (LINE.fullmatch(line.strip()) for line in printed.splitlines())
    return {
        m[1]: [float(part) for part in m.groups()[1:] if part is not None] for m in matches if m
    }


def main() -> None:
    """Runs the scorer, keeps what it prints; time is not kept, it tells of the machine."""
    done = subprocess.run(
        [sys.executable, *sys.argv[1:3]], capture_output=True, text=True, check=True
    )
    kept = {
        name: values
        for name, values in figures(done.stdout).items()
        if not name.startswith("seconds")
    }
    card.REAL.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(done.stdout)


if __name__ == "__main__":
    main()
