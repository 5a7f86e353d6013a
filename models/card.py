"""The model card: what the bundle is, how it was made, how well it does where it was not trained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TEXT = """# {name} {version}

Reads English biotech regulatory news: named drugs, indications, agencies and committee outcomes (a spaCy pipeline with
a small convolutional tagger beside lexicons and rules), and from these sentiment, tone and risk factors (linear models
over words and events). Runs on one CPU core, needs no network, holds no pickle.

## Made from

{n} fictional releases, leads and headlines written and labelled for this project (`data/`, Apache-2.0), sha256 of the
records `{data}`. No text of a real release. Rebuild with `make models`; seeds are fixed, and two builds with the same
library versions give the same predictions.

## How well it does

Measured on our own texts with whole slices (texts of one author's manner) held out, {folds}-fold. Real releases differ
more from these texts than the slices do from each other; measure on texts of your own before you rely on a number.

| head | n | macro-F1 | majority class | accuracy | wrong sign | Brier | calibration error |
|---|---|---|---|---|---|---|---|
{classes}

| head | n | precision | recall | F1 | threshold |
|---|---|---|---|---|---|
{risk}

## Limits

- Sentiment says what the release says happened, not what the market will do. It is no investment advice.
- Tone is neutral in most of the training texts (headlines voice no attitude); any other tone comes from quotes.
- Risk factors are those of the forward-looking text; a risk told in the body is not one.
- English only. Texts before 1996, devices and diagnostics are rare in the training data.

## Settings

```json
{settings}
```
"""


def card(*, name: str, version: str, n: int, data: str, folds: int, metrics: Mapping[str, Any], settings: str) -> str:
    """The card as Markdown."""
    classes = "\n".join(_row(head, metrics[head]) for head in ("sentiment", "tone"))
    return TEXT.format(
        name=name,
        version=version,
        n=n,
        data=data,
        folds=folds,
        classes=classes,
        risk=_risk_row(metrics["risk"]),
        settings=settings,
    )


def _row(head: str, m: Mapping[str, Any]) -> str:
    numbers = ("macro_f1", "majority_macro_f1", "accuracy", "wrong_sign", "brier", "ece")
    return f"| {head} | {m['n']} | " + " | ".join(f"{m[key]:.3f}" for key in numbers) + " |"


def _risk_row(m: Mapping[str, Any]) -> str:
    numbers = " | ".join(f"{m[key]:.3f}" for key in ("precision", "recall", "f1", "threshold"))
    return f"| risk factors (20 categories, per release) | {m['n']} | {numbers} |"
