"""What stays of a training: the bundle with its card, and the report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eventrisk.labelled import Labelled, to_plain
from eventrisk.learn.bundle import Bundle
from eventrisk.learn.evaluate.predictions import HEADS
from eventrisk.learn.save import name_and_version, save
from eventrisk.training.progress import Listener
from eventrisk.training.report import Report, report_of
from eventrisk.training.train import rehearsal
from eventrisk.training.train.forgetting import beside, old_skills
from eventrisk.training.train.learning_curve import curve
from eventrisk.training.train.plan import Plan
from eventrisk.training.train.result import Outcome
from eventrisk.training.train.trainer import SENTIMENT, Taken

REPORT = "report.json"
ON_ALL = (
    "The figures are of models that had not seen the texts; the model of the bundle then learnt "
    "from all texts."
)
STOPPED = "The training was stopped by hand: the model is the best it had so far."


def saved(plan: Plan, outcome: Outcome, target: Path, listener: Listener) -> Report:
    """The bundle with its card, and the report."""
    base = plan.course.base
    taken, heads = outcome.model(base), _heads(plan)
    notes = [*plan.notes, *plan.course.remarks, *_ending(plan, outcome)]
    points = (
        {}
        if outcome.stopped
        else curve(plan.course, plan.records, plan.split.rounds, outcome.rows, listener)
    )
    report = report_of(
        outcome.rows,
        model="-".join(name_and_version(target)),
        data=plan.data,
        heads=heads,
        base=(base.bundle.name, beside(base, heads, outcome.base_rows)),
        splits=_splits(plan),
        points=points,
        notes=[*notes, *old_skills(base, taken, heads, listener)],
        path=target,
    )
    listener.stage("writing the bundle")
    target.parent.mkdir(parents=True, exist_ok=True)
    save(
        target,
        pipeline=taken.reader.nlp.to_disk,
        heads=taken.heads,
        card=report.card(),
        files=_files(base.bundle, report),
        data_sha256=_digest([*plan.records, *plan.many]),
        settings=_settings(plan, taken),
        metrics={head: m[m["main"]] for head, m in report.figures["heads"].items()},
    )
    return report


def _heads(plan: Plan) -> list[str]:
    """What was trained, in the order of a report."""
    trained = (*plan.course.heads, *((SENTIMENT,) if plan.many else ()))
    return [head for head in HEADS if head in trained]


def _ending(plan: Plan, outcome: Outcome) -> list[str]:
    """How the model of the bundle differs from those that were measured."""
    if outcome.stopped:
        return [STOPPED]
    return [ON_ALL] if plan.split.rounds and not plan.split.kept_out else []


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
    groups, parts, rules = plan.course.groups, dict[str, Any](), []
    for split, records, of in (
        (plan.split, plan.records, ""),
        (plan.many_split, plan.many, " (title and lead)"),
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


def _settings(plan: Plan, taken: Taken) -> dict[str, Any]:
    """All that a training is told, for the manifest."""
    base, learnt = plan.course.base, taken.learnt
    return {
        "base": {
            "model": base.bundle.name,
            "sha256": base.bundle.sha256,
            "fresh": base.fresh,
            "guest": base.guest is not None,
        },
        "heads": _heads(plan),
        "labels": {
            "sentiment": list(taken.heads.sentiment.classes),
            "risk": list(taken.heads.risk.categories),
            "entities": sorted({s.label for r in plan.records for s in r.entities or ()}),
        },
        "split": _splits(plan)["rule"],
        "seed": plan.course.seed,
        "taggers": {
            pipe: {"step": t.step, "scores": t.scores, "ended": t.ended}
            for pipe, t in (learnt.went if learnt else {}).items()
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
