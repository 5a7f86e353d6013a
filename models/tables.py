"""Tables of a model card, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

EVERY = 5  # of the risk-coverage curve's points is printed, with the one chosen
SAID = {"macro_f1": "macro-F1", "wrong_sign": "wrong sign", "f1": "F1"}


def row(cells: Iterable[Any]) -> str:
    """One line of a table; floats have three decimal places."""
    return "| " + " | ".join(f"{c:.3f}" if isinstance(c, float) else str(c) for c in cells) + " |"


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A whole table."""
    return "\n".join([row(head), "|" + "---|" * len(head), *map(row, rows)])


def ranged(m: Mapping[str, Any], key: str) -> str:
    """A figure with its 95 % interval, where it has one: ``0.922 [0.905, 0.938]``."""
    ends = m.get("intervals", {}).get(key)
    return f"{m[key]:.3f}" + (f" [{ends[0]:.3f}, {ends[1]:.3f}]" if ends else "")


def confusion(classes: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """True classes in rows, given ones in columns."""
    return table(("true ↓ given →", *classes), ([name, *line] for name, line in zip(classes, counts, strict=True)))


def by_form(parts: Mapping[str, Mapping[str, Any]], keys: Sequence[str], first: str = "form") -> str:
    """Figures of each part, the largest part first."""
    ordered = sorted(parts, key=lambda part: (-parts[part]["n"], part))
    head = (first, "n", *(SAID.get(key, key) for key in keys))
    return table(head, ([part, parts[part]["n"], *(ranged(parts[part], key) for key in keys)] for part in ordered))


def coverage(curve: Sequence[Sequence[float]], chosen: float) -> str:
    """The risk-coverage curve: every so many points, and the one chosen in bold."""
    shown = [point for number, point in enumerate(curve) if number % EVERY == 0 or point[0] == chosen]
    rows = [
        (f"**{confidence:.2f}**" if confidence == chosen else f"{confidence:.2f}", kept, right, 1 - right)
        for confidence, kept, right in shown
    ]
    return table(("probability at least", "texts kept", "right of these", "wrong of these"), rows)


def curves(found: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """The learning curves of all heads by form."""
    rows: list[Sequence[Any]] = []
    head: list[str] = []
    for name, forms in found.items():
        for form, shares in forms.items():
            head = [f"{float(share):.0%} of slices" for share in shares]
            rows.append((name, form, *shares.values()))
    return table(("head", "form", *head), rows)


def names(measured: Mapping[str, Any] | None) -> str:
    """How well names were found where the tagger was not trained, as ``heldout.py`` writes it; empty without it."""
    if not measured:
        return ""
    said = (
        f"A tagger trained on {measured['trained_on']} texts read {measured['held_out']} texts of other slices "
        f"({', '.join(measured['slices'])}); exact spans of the whole pipeline, intervals by bootstrap over texts."
    )
    found: Mapping[str, Mapping[str, Any]] = measured["entities"]
    parts = ({**m, "intervals": {"f1": m["interval"]}} for m in found.values())
    lines = ((part, m["n"], m["precision"], m["recall"], ranged(m, "f1")) for part, m in zip(found, parts, strict=True))
    return "\n".join(["", "## Names", "", said, "", table(("", "n", "precision", "recall", "F1"), lines), ""])


REAL = {
    "entity_exact_f1": "names, exact F1",
    "entity_exact_drug": "drugs",
    "entity_exact_indication": "indications",
    "entity_exact_agency": "agencies",
    "entity_exact_vote_outcome": "outcomes of committees",
    "entity_overlap_f1": "names, overlapping F1",
    "lead_event_accuracy": "lead event right",
    "event_dir_f1": "events with direction, F1",
    "vote_f1": "votes, F1",
    "catalyst_f1": "catalysts, F1",
    "catalyst_window_exact": "windows of catalysts exact",
    "risk_f1": "risk factors, F1",
    "sentiment_macro_f1": "sentiment, macro-F1",
    "sentiment_wrong_sign": "sentiment, wrong sign",
    "tone_accuracy": "tone right",
    "ece": "calibration error of sentiment",
    "risk_score_auc": "risk score, bad against good news, AUC",
}


def real(measured: Mapping[str, Sequence[float]] | None) -> str:
    """How the model did on real releases, as ``real.py`` writes it; empty without it."""
    if not measured:
        return ""
    said = (
        f"{measured['documents'][0]:.0f} real releases labelled by hand, of few sponsors, never trained on; their "
        "errors were read by kind while rules were written. In brackets 95 % intervals by bootstrap over releases."
    )
    rows = ((words, _bracketed(measured[name])) for name, words in REAL.items() if name in measured)
    return "\n".join(["", "## On real releases", "", said, "", table(("", ""), rows), ""])


def _bracketed(values: Sequence[float]) -> str:
    value, *interval = values
    return f"{value:.3f} [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else f"{value:.3f}"
