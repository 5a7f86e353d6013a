"""Parts of the default model's card that are measured apart: names held out, real releases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from eventrisk.show.blocks import Block, Heading, Paragraph, number, ranged, table


def names(measured: Mapping[str, Any] | None) -> Iterator[Block]:
    """Exact F1 of names where the tagger was not trained, as ``held_out.py`` writes it; nothing
    without it.
    """
    if not measured:
        return
    yield Heading("Names")
    yield Paragraph(
        f"A tagger trained on {measured['trained_on']} texts read {measured['held_out']} texts of "
        f"other slices ({', '.join(measured['slices'])}); exact spans of the whole pipeline, "
        f"intervals by bootstrap over texts."
    )
    rows = (
        (part, m["n"], m["precision"], m["recall"], ranged(m["f1"], m["interval"]))
        for part, m in measured["entities"].items()
    )
    yield table(("", "n", "precision", "recall", "F1"), rows)


LOOKS = ("names", "lead", "events", "sentiment", "wrong_sign", "votes", "catalysts", "ece")


def first_looks(measured: Mapping[str, Mapping[str, Any]] | None) -> Iterator[Block]:
    """How well new slices were read before anyone had looked at them, as ``first_looks.py`` writes
    it; nothing without it.
    """
    if not measured:
        return
    yield Heading("First looks")
    yield Paragraph(
        "Slices by writers who knew neither rules nor model, scored by the model of their day "
        "before anyone read them: names, events with direction, votes and catalysts as F1, lead "
        "event right, sentiment as macro-F1 with the share of wrong signs and calibration error. "
        "Only then were they trained on."
    )
    rows = ((name, m["n"], *(m[key] for key in LOOKS)) for name, m in measured.items())
    yield table(("slice", "n", *(key.replace("_", " ") for key in LOOKS)), rows)


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


def real(measured: Mapping[str, Sequence[float]] | None) -> Iterator[Block]:
    """How good the model is on real releases, as ``real.py`` writes it; nothing without it."""
    if not measured:
        return
    yield Heading("On real releases")
    yield Paragraph(
        f"{measured['documents'][0]:.0f} real releases labelled by hand, of few sponsors, never "
        f"trained on; their errors were read by kind while rules were written. In brackets 95 % "
        f"intervals by bootstrap over releases."
    )
    rows = ((words, _figure(*measured[name])) for name, words in REAL.items() if name in measured)
    yield table(("figure", "value"), rows)


def _figure(value: float, *interval: float) -> str:
    return ranged(value, interval) if interval else number(value)
