"""The model card: what the bundle is, how it was made, how well it does where it was not
trained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from eventrisk.labelled import Labelled
from eventrisk.learn.evaluate.abstention import KEPT_RIGHT
from eventrisk.learn.evaluate.intervals import RESAMPLES
from eventrisk.learn.sentiment import CLASSES
from eventrisk.show import markdown
from eventrisk.show.figures import PICTURES
from scripts.models import tables

TEXT = """# {name} {version}

Reads English biotech regulatory news: named drugs, indications, agencies and committee outcomes (a spaCy pipeline with
a small convolutional tagger beside lexicons and rules), and from these sentiment, tone and risk factors (linear models
over words and events). Runs on one CPU core, needs no network, holds no pickle.

## For what

To score and search many press releases of drug and biologics companies: event studies, alerts, triage for readers.
Every score comes with the words it stands on. It is not made for deciding about single patients, drugs or
trades unread, for other kinds of text, or for other languages, and it is no investment advice.

## Made from

{n} fictional releases, leads and headlines written and labelled for this project (`data/`, Apache-2.0), sha256 of the
records `{data}`. No text of a real release. Rebuild with `make models`; seeds are fixed, and two builds with the same
library versions give the same predictions.

{spread}

## How it was measured

On our own texts with whole slices held out, {folds}-fold: a slice holds the texts of one author's manner (the letters
before the number in a file's name), no slice is in training and test, and calibration is fitted on other slices than
those measured. Headlines and leads cut from whole releases are trained on, not measured. In brackets stand 95 %
intervals ({resamples} bootstrap draws of whole slices, percentiles, `scipy.stats.bootstrap`). Real releases differ more
from these texts than the slices do from each other, and the rules for events and votes, whose findings the classifiers
read, were written with most of these texts in view; measure on texts of your own before you rely on a number.

| head | n (slices) | macro-F1 | majority class | accuracy | wrong sign | Brier | calibration error |
|---|---|---|---|---|---|---|---|
{classes}

| head | n (slices) | precision | recall | F1 | threshold |
|---|---|---|---|---|---|
{risk}
{names}{real}
## Sentiment

True class in rows, given class in columns:

{confusion}

By form of text:

{by_form}

### Calibration

![How often a judgement was right against how sure it was](calibration.svg)

The texts in ten parts of one size, the least sure first:

{calibration}

### Abstention

Below a probability of **{confidence:.2f}** the result says `abstained`. That is the lowest probability at which
{kept_right:.0%} of what is kept was right on held-out slices (if none were, the highest that keeps half of the texts).
What it costs to ask for more or less:

![Share of errors against share of texts kept](coverage.svg)

{coverage}

## Lead event where no rule speaks

{lead}

## Tone

{tone_confusion}

## Risk factors

{risk_by_form}

{risk_by_label}

## Would more texts help?

The same held-out slices, read by models that learned from a quarter, half and all of the other slices.

{curve}

## Limits

- Sentiment says what the release says happened, not what the market will do.
- Tone is neutral in most of the training texts (headlines voice no attitude); any other tone comes from quotes.
- Risk factors are those of the forward-looking text; a risk told in the body is not one.
- The texts are written, not sampled: shares of classes are those we chose, not those of the world, and few authors
  wrote them. The event rules were written with the same texts at hand, so what sentiment gains from events is kind.
- English only. Texts before 2000, devices and diagnostics are rare in the training data.

## Settings

```json
{settings}
```
"""


def card(
    *,
    name: str,
    version: str,
    records: Sequence[Labelled],
    data: str,
    folds: int,
    metrics: Mapping[str, Any],
    settings: str,
    names: Mapping[str, Any] | None = None,
    real: Mapping[str, Any] | None = None,
) -> str:
    """The card as Markdown; ``names`` and ``real`` are what ``held_out.py`` and ``real.py``
    measured, if run.
    """
    mood, risk = metrics["sentiment"], metrics["risk"]
    return TEXT.format(
        name=name,
        version=version,
        n=len(records),
        data=data,
        spread=spread(records),
        folds=folds,
        resamples=RESAMPLES,
        classes="\n".join(_class_row(head, metrics[head]) for head in ("sentiment", "tone")),
        risk=_risk_row(
            "risk factors (20 categories, per release)", risk, f"{risk['threshold']:.2f}"
        ),
        names=tables.names(names),
        real=tables.real(real),
        confusion=markdown.confusion(CLASSES, mood["confusion"]),
        by_form=markdown.by_form(mood["by_form"], ("macro_f1", "accuracy", "wrong_sign")),
        calibration=markdown.table(("mean probability", "share right"), mood["calibration"]),
        confidence=mood["confidence"],
        kept_right=KEPT_RIGHT,
        coverage=markdown.coverage(mood["coverage"], mood["confidence"]),
        lead=_lead(metrics.get("lead", {})),
        tone_confusion=markdown.confusion(CLASSES, metrics["tone"]["confusion"]),
        risk_by_form=markdown.by_form(risk["by_form"], ("f1", "precision", "recall")),
        risk_by_label=markdown.by_form(risk["by_label"], ("f1", "precision", "recall"), "category"),
        curve=tables.curves(metrics["learning_curve"]),
        settings=settings,
    )


def pictures(metrics: Mapping[str, Any]) -> dict[str, str]:
    """The SVG files that the card shows, by name."""
    return {name: draw(metrics["sentiment"]) for name, draw in PICTURES.items()}


def spread(records: Sequence[Labelled]) -> str:
    """How many texts of each form, decade and sentiment there are."""
    forms = sorted({str(record.form) for record in records})
    decades = sorted({_decade(record) for record in records})
    counts = Counter(
        (key, str(r.sentiment)) for r in records for key in (str(r.form), _decade(r), "all")
    )
    rows = [
        (key, *(counts[key, c] for c in CLASSES), sum(counts[key, c] for c in CLASSES))
        for key in (*forms, *decades, "all")
    ]
    return markdown.table(("texts", *CLASSES, "all"), rows)


def _decade(record: Labelled) -> str:
    return f"{record.date[:3]}0s" if record.date else "undated"


def _class_row(head: str, m: Mapping[str, Any]) -> str:
    cells = (
        head,
        f"{m['n']} ({m['groups']})",
        markdown.figure(m, "macro_f1"),
        f"{m['majority_macro_f1']:.3f}",
        markdown.figure(m, "accuracy"),
        markdown.figure(m, "wrong_sign"),
        f"{m['brier']:.3f}",
        f"{m['ece']:.3f}",
    )
    return markdown.row(cells)


def _lead(m: Mapping[str, Any]) -> str:
    if "accuracy" not in m:
        return "Not measured: no model of the lead event was trained."
    return (
        "A classifier over title and first paragraph guesses the type of the lead event; on "
        "held-out slices "
        f"{m['accuracy']:.3f} of its guesses are right (n {m['n']}, all texts). "
        "It is asked only where no rule finds any news."
    )


def _risk_row(head: str, m: Mapping[str, Any], threshold: str) -> str:
    n = f"{m['n']} ({m['groups']})"
    return markdown.row(
        (
            head,
            n,
            f"{m['precision']:.3f}",
            f"{m['recall']:.3f}",
            markdown.figure(m, "f1"),
            threshold,
        )
    )
