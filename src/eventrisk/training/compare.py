"""``compare``: which of two models is better on labelled releases, and whether that is more than
chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventrisk.api import Analyzer, Model, load
from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.intervals import RESAMPLES
from eventrisk.learn.evaluate.paired import differences
from eventrisk.learn.evaluate.predictions import Prediction
from eventrisk.names.vocabulary import Terms
from eventrisk.show import comparison as shown
from eventrisk.show.blocks import Block
from eventrisk.show.latex import latex
from eventrisk.show.markdown import markdown
from eventrisk.show.page import document, page
from eventrisk.sources.formats import AS_NAMED, Columns
from eventrisk.training.data import Data, records
from eventrisk.training.evaluate import chosen, data_name, own_terms
from eventrisk.training.label_overlap import foreign_labels
from eventrisk.training.overlap import overlap
from eventrisk.training.predictions import GROUPING, gold, predictions_of
from eventrisk.training.progress import Listener, Progress, listening
from eventrisk.training.relabel import AS_LABELLED, Labels
from eventrisk.training.saving import save

if TYPE_CHECKING:
    from eventrisk.export.frame import DataFrame

FORMAT = 1
COLUMNS: dict[str, type] = {
    "head": str,
    "metric": str,
    "n": int,
    "groups": int,
    "a": float,
    "b": float,
    "difference": float,
    "low": float,
    "high": float,
    "p": float,
    "verdict": str,
}


@dataclass(frozen=True, repr=False)
class Comparison:
    """Two models on the same labelled releases; ``figures`` are plain values, the same as
    ``to_dict()``.

    A head's ``verdict`` is ``a`` or ``b`` (that one is better, more than chance), ``same`` (no
    difference beyond chance) or ``too few`` (groups to say).
    """

    figures: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """All figures as plain values, ready for JSON."""
        return dict(self.figures)

    @property
    def verdicts(self) -> dict[str, str]:
        """For each head the verdict in words."""
        a, b = self.figures["a"], self.figures["b"]
        return {head: shown.verdict(m, a, b) for head, m in self.figures["heads"].items()}

    def to_frame(self) -> DataFrame:
        """One row a head. Raises MissingExtraError without pandas."""
        from eventrisk.export.frame import frame_of

        return frame_of(COLUMNS, list(self.rows()))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of ``to_frame``."""
        return tuple(COLUMNS)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows of ``to_frame``."""
        for head, m in self.figures["heads"].items():
            yield (
                head,
                m["main"],
                m["n"],
                m["groups"],
                m["a"],
                m["b"],
                m["difference"],
                *m["interval"],
                m["p"],
                m["verdict"],
            )

    def card(self) -> str:
        """The comparison as Markdown."""
        return markdown(self.blocks())

    def pictures(self) -> dict[str, str]:
        """The SVG files that the card names: none."""
        return {}

    def html(self) -> str:
        """The comparison as an HTML file of its own."""
        return document(f"{self.figures['b']} compared with {self.figures['a']}", self.blocks())

    def to_latex(self) -> str:
        """The open tables of the comparison as LaTeX (booktabs), each with caption and label."""
        return latex(self.blocks())

    def save(self, path: str | Path) -> None:
        """Writes the comparison to a file, by its ending: ``.md``, ``.html``, ``.tex``
        (``to_latex``), ``.json`` (``to_dict``) or ``.csv`` (the rows of ``to_frame``).

        The file is replaced when all is made. Raises OutputError, for another ending too.
        """
        save(self, path)

    def blocks(self) -> list[Block]:
        """The comparison as the blocks that Markdown, HTML and the terminal draw."""
        return list(shown.blocks(self.figures))

    def _repr_html_(self) -> str:
        return page(self.blocks())

    def __repr__(self) -> str:
        return f"<Comparison {'; '.join(self.verdicts.values())}>"


def compare(
    a: Model,
    b: Model,
    data: Data,
    *,
    heads: str | Sequence[str] = "auto",
    format: str | None = None,
    columns: Columns = AS_NAMED,
    terms: Terms | None = None,
    labels: Labels = AS_LABELLED,
    progress: Progress = True,
) -> Comparison:
    """Which of two models is better on labelled releases, by the paired bootstrap over the same
    releases.

    ``a`` and ``b`` are models as in ``evaluate``: a bundle's name or folder, or an Analyzer.
    ``data``, ``heads``, ``format``, ``columns`` and ``labels`` are those of ``evaluate`` too, and
    ``terms``, which both models are read with; ``progress`` (see ``Progress``) counts the releases
    read by both. Releases that either learnt from are left out, and counted; labels that either
    does not give are treated as in ``evaluate``. A difference is that of ``b`` less ``a``. Raises
    DataError and ModelError.
    """
    labelled = records(data, format, columns, labels)
    wanted = chosen(heads, [gold(record) for record in labelled], data_name(data))
    first, second = load(a, terms=terms), load(b, terms=terms)
    seen = [overlap(m.provenance.model, m.bundle, labelled) for m in (first, second)]
    new = [r for r in labelled if not all(any(o.saw(r, h) for o in seen) for h in wanted)]
    with listening(progress) as listener:
        of_a, of_b = _predictions(new, first, second, listener)
    for known in seen:
        of_a, of_b = known.unseen(of_a), known.unseen(of_b)
    foreign = foreign_labels(of_a, wanted, first.provenance.model, first.bundle)
    foreign |= foreign_labels(of_b, wanted, second.provenance.model, second.bundle)
    judged = foreign.judged(wanted, data_name(data), chosen=heads != "auto")
    of_a, of_b = foreign.shared(of_a), foreign.shared(of_b)
    name_a, name_b = first.provenance.model, second.provenance.model
    if name_a == name_b:
        name_a, name_b = f"{name_a} (a)", f"{name_b} (b)"
    return Comparison(
        {
            "format": FORMAT,
            "a": name_a,
            "b": name_b,
            "data": data_name(data),
            "n": len(of_a),
            "grouping": GROUPING,
            "resamples": RESAMPLES,
            "not_compared": [head for head in wanted if head not in judged],
            "notes": [
                *dict.fromkeys(known.note(labelled, wanted) for known in seen),
                *foreign.notes("compared"),
                *_own_terms(first, second),
            ],
            "overlap": [known.figures(labelled, wanted) for known in seen],
            "heads": differences(of_a, of_b, judged),
        }
    )


def _own_terms(first: Analyzer, second: Analyzer) -> list[str]:
    """A sentence a model that reads with terms of the user's own; one where both are alike."""
    of_a, of_b = own_terms(first), own_terms(second)
    if of_a == of_b:
        return of_a
    return [
        f"{m.provenance.model}: {said}" for m, s in ((first, of_a), (second, of_b)) for said in s
    ]


def _predictions(
    labelled: Sequence[Labelled], first: Analyzer, second: Analyzer, listener: Listener
) -> tuple[list[Prediction], list[Prediction]]:
    """What each model says, the releases grouped alike for both."""
    read = len(labelled)
    listener.stage("reading", 2 * read)
    one = predictions_of(labelled, first, listener.advance)
    groups = {p.id: p.group for p in one}
    return one, predictions_of(labelled, second, lambda n: listener.advance(read + n), groups)
