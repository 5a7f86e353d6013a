"""What stays of a training: the bundle with its card, and the report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eventrisk.heads import HEADS
from eventrisk.labelled import Labelled, to_plain
from eventrisk.learn import seen_texts
from eventrisk.learn.bundle import Bundle
from eventrisk.learn.save import name_and_version, save
from eventrisk.learn.seen_texts import SeenTexts
from eventrisk.training.overlap import KNOWN
from eventrisk.training.progress import Listener
from eventrisk.training.report import Report, report_of
from eventrisk.training.train import rehearsal
from eventrisk.training.train.forgetting import baseline_rows, forgetting
from eventrisk.training.train.head_selection import IS_LABELLED
from eventrisk.training.train.learning_curve import curve
from eventrisk.training.train.made import made_with
from eventrisk.training.train.plan import Plan
from eventrisk.training.train.result import TrainingResult
from eventrisk.training.train.trainer import SENTIMENT, FittedModel

REPORT = "report.json"
ON_ALL = (
    "The figures are of models that had not seen the texts; the model of the bundle then learnt "
    "from all texts."
)
KEPT = (
    "The sentiment model of the bundle is the one that was measured, which did not learn from the "
    "texts measured on."
)
STOPPED = "The training was stopped by hand: the model is the best it had so far."


def saved(
    plan: Plan, result: TrainingResult, target: Path, listener: Listener, command: str
) -> Report:
    """The bundle with its card, and the report; ``command`` made it."""
    base = plan.trainer.base
    model, heads = result.model(base), _heads(plan)
    notes = [*plan.notes, _seen(plan), *plan.trainer.remarks, *_ending(plan, result)]
    data_sha256 = _digest([*plan.records, *plan.large])
    points = {} if result.stopped else curve(plan, result.rows, listener)
    report = report_of(
        [row for row in result.rows if row.gold],
        model="-".join(name_and_version(target)),
        data=plan.data,
        heads=heads,
        base=(base.bundle.name, baseline_rows(base, heads, result.base_rows)),
        splits=_splits(plan),
        points=points,
        notes=[*notes, *forgetting(base, model, heads, listener)],
        overlap=plan.overlap.figures(plan.asked, heads),
        made=made_with(command, plan.trainer.seed, data_sha256, base.bundle),
        path=target,
    )
    listener.stage("writing the bundle")
    target.parent.mkdir(parents=True, exist_ok=True)
    save(
        target,
        pipeline=model.reader.nlp.to_disk,
        heads=model.heads,
        card=report.card(),
        files=_files(base.bundle, report) | {seen_texts.FILE: _learnt(plan, heads).packed()},
        data_sha256=data_sha256,
        settings=_settings(plan, model),
        metrics={head: m[m["main"]] for head, m in report.figures["heads"].items()},
    )
    return report


def _heads(plan: Plan) -> list[str]:
    """What was trained, in the order of a report."""
    trained = (*plan.trainer.heads, *((SENTIMENT,) if plan.large else ()))
    return [head for head in HEADS if head in trained]


def _seen(plan: Plan) -> str:
    """What was left out since the base had learnt from it: of what is measured, or, where the heads
    start from nothing, of the comparison with the base.
    """
    base, heads = plan.trainer.base, _heads(plan)
    compared = f"the comparison with {base.bundle.name}"
    return plan.overlap.note(plan.asked, heads, compared if base.fresh else "what is measured")


def _learnt(plan: Plan, heads: Sequence[str]) -> SeenTexts:
    """What the new model has learnt from: its own texts, and those of its base as far as its heads
    go on from that.
    """
    base, given = plan.trainer.base, (plan.records, plan.split, plan.trainer.heads)
    rows: list[Any] = []
    learners: list[list[str]] = []
    for records, split, some in (given, (plan.large, plan.large_split, (SENTIMENT,))):
        for number in split.learnt(len(records)) if split is not None else ():
            rows.append(plan.sketches[records[number].id])
            learners.append([head for head in some if IS_LABELLED[head](records[number])])
    own = SeenTexts.of_sketches(rows, learners)
    if base.seen is None:
        return own
    anew = heads if base.fresh else [SENTIMENT] if plan.large else []
    return own.joined(base.seen.only([head for head in HEADS if head not in anew]))


def _ending(plan: Plan, result: TrainingResult) -> list[str]:
    """How the model of the bundle differs from those that were measured."""
    if result.stopped:
        return [STOPPED]
    large = plan.large_split
    splits = [split for split in (plan.split, large) if split is not None and split.rounds]
    whole = [ON_ALL] if any(not split.kept_out for split in splits) else []
    return [*whole, *([KEPT] if large is not None and large.kept_out else [])]


def _files(base: Bundle, report: Report) -> dict[str, str | bytes]:
    """The card's pictures, the report's figures, and the base's texts, for a training on this
    model.
    """
    files: dict[str, str | bytes] = {
        **report.pictures(),
        REPORT: json.dumps(report.to_dict(), ensure_ascii=False),
    }
    old = base.path / rehearsal.FILE
    return files | ({rehearsal.FILE: old.read_bytes()} if old.is_file() else {})


def _splits(plan: Plan) -> dict[str, Any]:
    """How many texts and companies were learnt from and measured on."""
    groups, parts, rules = plan.trainer.groups, dict[str, Any](), []
    for split, records, of in (
        (plan.split, plan.records, ""),
        (plan.large_split, plan.large, " (title and lead)"),
    ):
        rounds = split.rounds if split is not None else []
        rules += (
            [split.rule] if split is not None and split.rounds and split.rule not in rules else []
        )
        for number, found in enumerate(rounds, 1):
            behind = f", round {number}" if len(rounds) > 1 else ""
            for name, at in (("learnt from", found.learn), ("measured on", found.measure)):
                some = [records[i].id for i in at]
                parts[name + of + behind] = {
                    "n": len(some),
                    "groups": len({groups[identity] for identity in some}),
                }
    return {"rule": "; ".join(rules), "parts": parts}


def _settings(plan: Plan, model: FittedModel) -> dict[str, Any]:
    """All that a training is told, for the manifest."""
    base, learnt = plan.trainer.base, model.taggers
    return {
        "base": {
            "model": base.bundle.name,
            "sha256": base.bundle.sha256,
            "fresh": base.fresh,
            "sourced": base.sourced is not None,
        },
        "heads": _heads(plan),
        "labels": {
            "sentiment": list(model.heads.sentiment.classes),
            "risk": list(model.heads.risk.categories),
            "entities": sorted({s.label for r in plan.records for s in r.entities or ()}),
        },
        "split": _splits(plan)["rule"],
        "seed": plan.trainer.seed,
        **({"terms": base.terms.sha256} if base.terms else {}),
        KNOWN: plan.overlap.known,
        "taggers": {
            pipe: {"step": t.step, "scores": t.scores, "ended": t.ended}
            for pipe, t in (learnt.runs if learnt else {}).items()
        },
    }


def _digest(found: Sequence[Labelled]) -> str:
    digest = hashlib.sha256()
    for record in found:
        digest.update(
            json.dumps(to_plain(record), ensure_ascii=False, sort_keys=True).encode(
                "utf-8", "surrogatepass"
            )
        )
    return digest.hexdigest()
