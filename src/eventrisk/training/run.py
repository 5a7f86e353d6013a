"""``train``: labelled releases in, a bundle and an honest report out."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from eventrisk.errors import DataError
from eventrisk.labelled import Labelled, to_plain
from eventrisk.learn.assess.rows import Row
from eventrisk.learn.bundle import Bundle
from eventrisk.learn.save import refuse_existing, save
from eventrisk.training import rehearsal
from eventrisk.training.beside import beside, old_skills
from eventrisk.training.choice import Choice, base_of, choose
from eventrisk.training.course import Course, Taken
from eventrisk.training.curve import curve
from eventrisk.training.data import Data, records
from eventrisk.training.evaluate import data_name
from eventrisk.training.progress import Listener, Silent
from eventrisk.training.report import Report, report_of
from eventrisk.training.rows import rows_of
from eventrisk.training.splitting import BY_COMPANY_AND_TIME, DEV, TEST, Split, divide, groups_of, origin

REPORT = "report.json"
ON_ALL = (
    "The figures are those of models that had not seen the texts; the model of the bundle then learnt from all of them."
)
STOPPED = "The training was stopped by hand: the model is the best it had so far."


def train(
    data: Data,
    out: str | Path,
    base: Any = "default",
    heads: str | Sequence[str] = "auto",
    split: str = BY_COMPANY_AND_TIME,
    seed: int = 0,
    time_budget: float | None = None,
    progress: bool = True,
    *,
    dev: Data | None = None,
    test: Data | None = None,
    form: str | None = None,
) -> Report:
    """Trains a model on labelled releases, saves it as the bundle ``out``, and says how good it is.

    ``data`` is a file of any format that ``eventrisk.convert`` reads, several of them, or records; what a record does
    not label is unknown, not absent, and only ``heads`` that are labelled are trained (``auto``: all of these, of
    entities, sentiment, tone and risk); the others are the base's. ``base`` is a bundle, a pipeline of spaCy's (its
    directory or the object) whose tagger is trained on, or None: heads then start from nothing.

    ``split`` says what is measured: ``by company and time`` (the newest companies, or five folds of whole companies
    where there are fewer than 200 releases), ``by company``, ``by time``, ``at random`` or ``as given`` by the records'
    ``split``. ``dev`` and ``test`` are further data: the first chooses when taggers stop, the second is measured on and
    never learnt from. ``time_budget`` (seconds) is for the training of taggers. With ``progress``, a terminal shows how
    it goes. Ctrl-C ends the training and keeps the best model so far.

    Same data, seed and versions, same predictions. Raises DataError, ModelError, and OutputError where ``out`` exists.
    """
    target = Path(out)
    refuse_existing(target)
    given = _gathered(data, dev, test, form)
    plan = _planned(given, base, heads, split, seed, data_name(data))
    with _listening(progress) as listener:
        return _run(plan, target, listener, time_budget)


@dataclass(frozen=True)
class Plan:
    """What is trained from what, and how it is measured."""

    records: list[Labelled]
    choice: Choice
    course: Course
    split: Split
    data: str


@dataclass
class Outcome:
    """What the rounds have given so far."""

    rows: list[Row] = field(default_factory=list)
    base_rows: list[Row] = field(default_factory=list)
    latest: Taken | None = None
    stopped: bool = False


def _gathered(data: Data, dev: Data | None, test: Data | None, form: str | None) -> list[Labelled]:
    """All records, those of ``dev`` and ``test`` marked so. Raises DataError."""
    parts = [records(data, form)]
    for part, name in ((dev, DEV), (test, TEST)):
        if part is not None:
            parts.append([replace(record, split=name) for record in records(part, form)])
    found = [record for part in parts for record in part]
    seen: set[str] = set()
    for record in found:
        if record.id in seen:
            raise DataError(f"the id {record.id!r} stands in two of the files; ids must differ")
        seen.add(record.id)
    return found


def _planned(given: list[Labelled], base: Any, heads: str | Sequence[str], split: str, seed: int, name: str) -> Plan:
    choice = choose(given, heads)
    origins = [origin(record) for record in choice.records]
    groups = groups_of(choice.records, origins)
    course = Course(base_of(base), choice.heads, groups, seed)
    return Plan(choice.records, choice, course, divide(choice.records, origins, split, seed), name)


def _run(plan: Plan, target: Path, listener: Listener, budget: float | None) -> Report:
    left = _shares(budget, len(plan.split.rounds) + (not plan.split.kept_out))
    outcome = Outcome()
    try:
        for number, (learn, measure) in enumerate(plan.split.rounds, 1):
            taken = plan.course.take([plan.records[i] for i in learn], listener, left())
            outcome.latest, outcome.stopped = taken, taken.interrupted
            listener.stage(f"measuring, round {number} of {len(plan.split.rounds)}", 2 * len(measure))
            _measure(plan, [plan.records[i] for i in measure], outcome, target.name, listener)
            if outcome.stopped:
                break
        if not plan.split.kept_out and not outcome.stopped:
            outcome.latest = plan.course.take(plan.records, listener, left())
    except KeyboardInterrupt:
        if outcome.latest is None:
            raise
        outcome.stopped = True
    return _saved(plan, outcome, target, listener)


def _measure(plan: Plan, measured: list[Labelled], outcome: Outcome, name: str, listener: Listener) -> None:
    groups, taken = plan.course.groups, outcome.latest
    assert taken is not None
    rows = rows_of(measured, taken.analyzer(name), listener.advance, groups)
    behind = len(measured)
    base_rows = rows_of(measured, plan.course.base.analyzer, lambda n: listener.advance(behind + n), groups)
    outcome.rows += rows
    outcome.base_rows += base_rows


def _shares(budget: float | None, courses: int) -> Callable[[], float | None]:
    """What is left of the budget, in equal parts for the courses to come."""
    begun, started = time.monotonic(), [0]

    def share() -> float | None:
        started[0] += 1
        if budget is None:
            return None
        return max(0.0, budget - (time.monotonic() - begun)) / max(1, courses - started[0] + 1)

    return share


def _saved(plan: Plan, outcome: Outcome, target: Path, listener: Listener) -> Report:
    """The bundle with its card, and the report."""
    taken, base, heads = outcome.latest, plan.course.base, plan.course.heads
    assert taken is not None
    notes = [*plan.choice.notes, *([STOPPED] if outcome.stopped else [] if plan.split.kept_out else [ON_ALL])]
    points = {} if outcome.stopped else curve(plan.course, plan.records, plan.split.rounds, outcome.rows, listener)
    report = report_of(
        outcome.rows,
        model=target.name,
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
        data_sha256=_digest(plan.records),
        settings=_settings(plan, taken),
        metrics={head: m[m["main"]] for head, m in report.figures["heads"].items()},
    )
    return report


def _files(base: Bundle, report: Report) -> dict[str, str | bytes]:
    """The card's pictures, the report's figures, and the base's texts, for a training on this model."""
    files: dict[str, str | bytes] = {**report.pictures(), REPORT: json.dumps(report.to_dict(), ensure_ascii=False)}
    old = base.path / rehearsal.FILE
    return files | ({rehearsal.FILE: old.read_bytes()} if old.is_file() else {})


def _splits(plan: Plan) -> dict[str, Any]:
    """How many texts and companies were learnt from and measured on."""
    groups, parts = plan.course.groups, dict[str, Any]()
    for number, found in enumerate(plan.split.rounds, 1):
        behind = f", round {number}" if len(plan.split.rounds) > 1 else ""
        for name, at in (("learnt from", found.learn), ("measured on", found.measure)):
            some = [plan.records[i].id for i in at]
            parts[name + behind] = {"n": len(some), "groups": len({groups[identity] for identity in some})}
    return {"rule": plan.split.rule, "parts": parts}


def _settings(plan: Plan, taken: Taken) -> dict[str, Any]:
    """All that a training is told, for the manifest."""
    base, learnt = plan.course.base, taken.learnt
    return {
        "base": {"model": base.bundle.name, "sha256": base.bundle.sha256, "fresh": base.fresh,
                 "guest": base.guest is not None},
        "heads": list(plan.course.heads),
        "labels": {
            "sentiment": list(taken.heads.sentiment.classes),
            "risk": list(taken.heads.risk.categories),
            "entities": sorted({s.label for r in plan.records for s in r.entities or ()}),
        },
        "split": plan.split.rule,
        "seed": plan.course.seed,
        "taggers": {pipe: {"step": t.step, "scores": t.scores, "ended": t.ended}
                    for pipe, t in (learnt.went if learnt else {}).items()},
    }  # fmt: skip


def _digest(found: Sequence[Labelled]) -> str:
    digest = hashlib.sha256()
    for record in found:
        digest.update(json.dumps(to_plain(record), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _listening(progress: bool) -> AbstractContextManager[Listener]:
    """A terminal's bars, where there is one."""
    if not progress:
        return nullcontext(Silent())
    from eventrisk.show.progress import TrainingProgress

    return TrainingProgress()
