"""The report of a model on labelled releases: plain figures that show themselves as a frame, a page
or a card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from eventrisk.errors import DataError
from eventrisk.heads import HEADS
from eventrisk.learn.evaluate.figures import assess
from eventrisk.learn.evaluate.intervals import RESAMPLES
from eventrisk.learn.evaluate.learning_curve import Point, curve
from eventrisk.learn.evaluate.paired import differences
from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.show import report as shown
from eventrisk.show.blocks import Block, Picture
from eventrisk.show.comparison import FIGURES
from eventrisk.show.latex import latex
from eventrisk.show.markdown import markdown
from eventrisk.show.page import document, page
from eventrisk.training.predictions import GROUPING
from eventrisk.training.saving import save

if TYPE_CHECKING:
    from eventrisk.export.frame import DataFrame

FORMAT = 1
COLUMNS: dict[str, type] = {
    "head": str,
    "part": str,
    "label": str,
    "metric": str,
    "value": float,
    "low": float,
    "high": float,
    "n": int,
}
PLAIN = ("overlap_f1", "brier", "ece")  # figures of a whole head beside those that have intervals


@dataclass(frozen=True, repr=False)
class Report:
    """How good a model is on labelled releases.

    ``figures`` are plain values, the same as ``to_dict()``; ``path`` is the bundle's folder, None
    where none was made.
    """

    figures: Mapping[str, Any]
    path: Path | None = field(default=None, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """All figures as plain values, ready for JSON."""
        return dict(self.figures)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], path: Path | None = None) -> Self:
        """The inverse of ``to_dict``. Raises DataError for what is no report, or of another
        format.
        """
        if data.get("format") != FORMAT or "heads" not in data:
            raise DataError(f"a report of format {FORMAT} is needed, not {data.get('format')!r}")
        return cls(dict(data), path)

    def to_frame(self) -> DataFrame:
        """One row a figure, with its interval; ``part`` is all, label, baseline, base model or a
        kind of slice.

        Raises MissingExtraError without pandas.
        """
        from eventrisk.export.frame import frame_of

        return frame_of(COLUMNS, list(self.rows()))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of ``to_frame``."""
        return tuple(COLUMNS)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows of ``to_frame``."""
        for head, m in self.figures["heads"].items():
            yield from _figures(head, "all", "", m)
            for label, part in m["labels"].items():
                yield from _figures(head, "label", label, part)
            yield (
                head,
                "baseline",
                ", ".join(m["baseline"]["answer"]),
                m["main"],
                m["baseline"].get(m["main"], 0.0),
                None,
                None,
                m["n"],
            )
            for kind, parts in m["slices"].items():
                for name, part in parts.items():
                    yield from _figures(head, kind, name, part)
        base = self.figures.get("base") or {"heads": {}}
        for head, m in base["heads"].items():
            name, main, n = base["model"], m["main"], m["n"]
            yield head, "base model", name, main, m["a"], None, None, n
            yield head, "difference to base", name, main, m["difference"], *m["interval"], n

    def card(self) -> str:
        """The report as Markdown; the pictures it names are those of ``pictures()``."""
        return markdown(self.blocks())

    def pictures(self) -> dict[str, str]:
        """The SVG files that the card names."""
        return {block.name: block.svg for block in self.blocks() if isinstance(block, Picture)}

    def html(self) -> str:
        """The report as an HTML file of its own."""
        return document(f"Report on {self.figures['model']}", self.blocks())

    def to_latex(self) -> str:
        """The open tables of the report as LaTeX (booktabs), each with caption and label."""
        return latex(self.blocks())

    def save(self, path: str | Path) -> None:
        """Writes the report to a file, by its ending: ``.md``, with its pictures beside
        it, ``.html``, ``.tex`` (``to_latex``), ``.json`` (``to_dict``) or ``.csv`` (the rows of
        ``to_frame``).

        The file is replaced when all is made. Raises OutputError, for another ending too.
        """
        save(self, path)

    def blocks(self) -> list[Block]:
        """The report as the blocks that Markdown, HTML and the terminal draw."""
        return list(shown.blocks(self.figures))

    def _repr_html_(self) -> str:
        return page(self.blocks())

    def __repr__(self) -> str:
        return (
            f"<Report {self.path or self.figures['model']}: "
            f"{', '.join(self._briefly()) or 'nothing is measured'}>"
        )

    def _briefly(self) -> Iterator[str]:
        base = (self.figures.get("base") or {}).get("heads", {})
        for head, m in self.figures["heads"].items():
            beside = f" (base {_short(base[head]['a'])})" if head in base else ""
            yield f"{head} {FIGURES[m['main']]} {_short(m[m['main']])}{beside}"


def report_of(
    predictions: Sequence[Prediction],
    *,
    model: str,
    data: str,
    heads: Sequence[str] = HEADS,
    grouping: str = GROUPING,
    base: tuple[str, Sequence[Prediction]] | None = None,
    splits: Mapping[str, Any] | None = None,
    points: Mapping[str, Sequence[Point]] | None = None,
    notes: Sequence[str] = (),
    overlap: Mapping[str, Any] | None = None,
    made: Mapping[str, Any] | None = None,
    path: Path | None = None,
) -> Report:
    """The report of a model's predictions.

    ``base`` is another model's name and its predictions for the same records. ``splits`` is
    ``{"rule": words, "parts": {name: {"n": …, "groups": …}}}``. ``points`` are learning curves by
    head: (number of texts learned from, main figure 0…1) pairs. ``notes`` are sentences for the
    beginning of the report. ``overlap`` counts the texts left out since a model had learnt from
    them, ``made`` names all that a training depended on.
    """
    measured = assess(predictions, heads)
    curves = {
        head: curve(some, measured[head])
        for head, some in (points or {}).items()
        if head in measured
    }
    figures = {
        "format": FORMAT,
        "model": model,
        "data": data,
        "n": len(predictions),
        "grouping": grouping,
        "resamples": RESAMPLES,
        "notes": list(notes),
        "overlap": dict(overlap) if overlap else None,
        "made": dict(made) if made else None,
        "splits": splits,
        "heads": measured,
        "base": {"model": base[0], "heads": differences(base[1], predictions, heads)}
        if base
        else None,
        "curve": curves or None,
    }
    return Report(figures, path)


def _figures(head: str, part: str, label: str, m: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for metric in (*m["intervals"], *(name for name in PLAIN if name in m)):
        if metric in m:
            yield (
                head,
                part,
                label,
                metric,
                m[metric],
                *m["intervals"].get(metric, (None, None)),
                m["n"],
            )


def _short(value: float) -> str:
    """A share as people write it: ``.81``."""
    return f"{value:.2f}".removeprefix("0")
