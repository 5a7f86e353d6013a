"""Tables of the default model's card: what is measured for it alone, in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eventrisk.show.markdown import figure, table


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
    """How well names were found where the tagger was not trained, as ``held_out.py`` writes it;
    empty without it.
    """
    if not measured:
        return ""
    said = (
        f"A tagger trained on {measured['trained_on']} texts read {measured['held_out']} "
        f"texts of other slices "
        f"({', '.join(measured['slices'])}); exact spans of the whole pipeline, intervals by "
        f"bootstrap over texts."
    )
    found: Mapping[str, Mapping[str, Any]] = measured["entities"]
    parts = ({**m, "intervals": {"f1": m["interval"]}} for m in found.values())
    lines = (
        (part, m["n"], m["precision"], m["recall"], figure(m, "f1"))
        for part, m in zip(found, parts, strict=True)
    )
    return "\n".join(
        ["", "## Names", "", said, "", table(("", "n", "precision", "recall", "F1"), lines), ""]
    )


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
        f"{measured['documents'][0]:.0f} real releases labelled by hand, of few sponsors, "
        f"never trained on; their "
        "errors were read by kind while rules were written. In brackets 95 % intervals by "
        "bootstrap over releases."
    )
    rows = ((words, _bracketed(measured[name])) for name, words in REAL.items() if name in measured)
    return "\n".join(["", "## On real releases", "", said, "", table(("", ""), rows), ""])


def _bracketed(values: Sequence[float]) -> str:
    value, *interval = values
    return f"{value:.3f} [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else f"{value:.3f}"
