"""The pictures of a model card, as SVG. The same figures give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

SIZE = (4.2, 3.4)  # inches
INK = "#2b5c8a"


def calibration(m: Mapping[str, Any]) -> str:
    """How often a judgement was right against how sure it was."""
    sure, right = zip(*m["calibration"], strict=True)
    return _drawn([sure], [right], ("mean probability of the label", "share right"), diagonal=True)


def coverage(m: Mapping[str, Any]) -> str:
    """Share of errors against the share of texts kept, with the confidence chosen marked."""
    kept = [point[1] for point in m["coverage"]]
    wrong = [1 - point[2] for point in m["coverage"]]
    chosen = [(point[1], 1 - point[2]) for point in m["coverage"] if point[0] == m["confidence"]]
    return _drawn([kept], [wrong], ("share of texts kept", "share wrong of these"), marked=chosen)


PICTURES = {"calibration.svg": calibration, "coverage.svg": coverage}


def _drawn(
    x: Sequence[Sequence[float]],
    y: Sequence[Sequence[float]],
    names: tuple[str, str],
    *,
    diagonal: bool = False,
    marked: Sequence[tuple[float, float]] = (),
) -> str:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    with pyplot.rc_context({"svg.hashsalt": "card", "svg.fonttype": "none", "font.size": 9}):
        figure, axes = pyplot.subplots(figsize=SIZE, layout="constrained")
        if diagonal:
            axes.plot([0.3, 1], [0.3, 1], color="#999999", linewidth=0.8, linestyle="--")
        for across, up in zip(x, y, strict=True):
            axes.plot(across, up, color=INK, marker="o", markersize=3, linewidth=1.2)
        for point in marked:
            axes.plot(*point, color="#b5413a", marker="o", markersize=7)
        axes.set(xlabel=names[0], ylabel=names[1])
        axes.grid(color="#e5e5e5", linewidth=0.6)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        pyplot.close(figure)
    return out.getvalue()
