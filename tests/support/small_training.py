"""Small labelled releases with label sets of their own, and a base with few texts to rehearse:
trainings of seconds.
"""

from __future__ import annotations

import random
import shutil
from functools import lru_cache
from pathlib import Path

from eventrisk.labelled import Clause, Labelled, Span
from eventrisk.learn import seen_texts
from eventrisk.learn.bundle import PIPELINE, Bundle, find
from eventrisk.learn.save import save
from eventrisk.learn.seen_texts import SeenTexts
from eventrisk.training.train import rehearsal

REHEARSED = 14  # texts of the base that learn, and as many that measure
NEWS = {
    "bullish": (
        "Wins Backing for {drug}",
        "said a panel backed {drug}, and sales will begin soon.",
    ),
    "bearish": (
        "Loses Appeal over {drug}",
        "said its appeal over {drug} was dismissed, and work on it ends.",
    ),
}
COMPOUNDS = (
    "calmirone",
    "dexovate",
    "fenoprex",
    "glutamide",
    "horbizole",
    "irenoxan",
    "jasmivir",
    "kelotrine",
)
RISKS = {
    "weather": "storms at our only site may stop deliveries of {drug}",
    "supply": "our suppliers may be unable to deliver enough material for {drug}",
}


def release(number: int) -> Labelled:
    """A release of company ``number // 2`` with a sentiment, one entity of the label ``compound``
    and one risk.
    """
    draw = random.Random(number)
    label = ("bullish", "bearish")[number % 2]
    drug, company = draw.choice(COMPOUNDS), f"Norvena{number // 2} Inc."
    title, said = (part.format(drug=drug) for part in NEWS[label])
    category = ("weather", "supply")[number % 3 % 2]
    risk = RISKS[category].format(drug=drug)
    text = (
        f"{company} {title}\nBOSTON, March {1 + number % 28}, 20{10 + number % 12} -- "
        f"{company} (Nasdaq: NRV) "
        f"today {said}\n"
        f"Forward-Looking Statements\nThese statements involve risks, including that {risk}."
    )
    spans = [at for at in range(len(text)) if text.startswith(drug, at)]
    start = text.index(risk)
    return Labelled(
        f"n{number:03d}",
        text,
        company=company,
        entities=tuple(Span(at, at + len(drug), "compound") for at in spans),
        sentiment=label,
        risk_clauses=(Clause(start, start + len(risk), (category,)),),
    )


@lru_cache(maxsize=1)
def releases() -> tuple[Labelled, ...]:
    """Thirty of them."""
    return tuple(release(number) for number in range(30))


def small_base(folder: Path, seen: SeenTexts | None = None) -> Bundle:
    """The default model with few texts to rehearse, as ``folder``, which says that it has learnt
    from the texts ``seen``; it does not say from which where none are given.
    """
    origin = find()
    old = rehearsal.of_bundle(origin)
    few = [*old.learn[:REHEARSED], *old.measure[:REHEARSED]]
    return save(
        folder,
        pipeline=lambda target: shutil.copytree(origin.path / PIPELINE, target) and None,
        heads=origin.heads(),
        card="# base\n",
        files={
            rehearsal.FILE: rehearsal.packed(few),
            **({seen_texts.FILE: seen.packed()} if seen is not None else {}),
        },
        data_sha256="",
        settings={},
        metrics={},
    )
