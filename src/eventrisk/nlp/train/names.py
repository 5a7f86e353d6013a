"""Trains what finds names in a pipeline: the main tagger for labels of ours, a second one for
labels of the user's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language

from eventrisk.names.augment import Labelled
from eventrisk.nlp.custom.collector import OURS, set_precision
from eventrisk.nlp.custom.sourced import Pipeline, adopt_tagger, tagger_of
from eventrisk.nlp.entities import CORE
from eventrisk.nlp.reader import Reader
from eventrisk.nlp.train.config import NerPlan, train_pipeline
from eventrisk.nlp.train.custom import CustomSettings, train_custom
from eventrisk.nlp.train.update import UpdateSettings, update_ner
from eventrisk.stopping import StepCallback, TrainingRun, ignore_step

CORE_LABELS = frozenset(str(label) for label in CORE)


@dataclass(frozen=True)
class Lesson:
    """Clean texts to learn names from; ``groups`` names the company of each. ``dev`` chooses when
    to stop, if given.

    ``old`` are texts of the base, with all core labels. ``fresh`` trains the main tagger from
    nothing; ``guest`` is a pipeline of the user's own whose tagger is trained on. ``budget`` is in
    seconds, None for no limit.
    """

    texts: Sequence[Labelled]
    groups: Sequence[str]
    dev: Sequence[Labelled] = ()
    old: Sequence[Labelled] = ()
    fresh: bool = False
    guest: Pipeline | None = None
    seed: int = 0
    budget: float | None = None


@dataclass(frozen=True)
class Learnt:
    """A reader of releases with its taggers trained, and how the training of each went, by pipe."""

    reader: Reader
    went: dict[str, TrainingRun]

    @property
    def interrupted(self) -> bool:
        """Whether the user stopped it."""
        return any(trained.ended == "interrupt" for trained in self.went.values())


def learn_names(reader: Reader, lesson: Lesson, report: StepCallback = ignore_step) -> Learnt:
    """The reader with its taggers trained; the pipeline given is changed. Same lesson, same
    weights.
    """
    nlp, went = reader.nlp, dict[str, TrainingRun]()
    labels = {label for text in lesson.texts for *_, label in text.spans}
    if labels & CORE_LABELS:
        nlp, went["ner"] = _main(nlp, _only(lesson, CORE_LABELS), report)
    own = labels - OURS
    if lesson.guest is not None:
        went |= _guest(nlp, _only(lesson, own), lesson.guest, report)
    elif own and not any(trained.ended == "interrupt" for trained in went.values()):
        wanted = _only(lesson, own)
        settings = CustomSettings(seed=lesson.seed, time_budget=lesson.budget)
        went["own"] = train_custom(
            nlp, wanted.texts, wanted.dev or None, settings, report, wanted.groups
        )
        set_precision(nlp, went["own"].scores.get("p"))
    return Learnt(Reader(nlp), went)


def _main(nlp: Language, lesson: Lesson, report: StepCallback) -> tuple[Language, TrainingRun]:
    if lesson.fresh:
        history: list[tuple[int, float, dict[str, float]]] = []

        def said(epoch: int, loss: float) -> None:
            history.append((epoch + 1, loss, {}))
            report(epoch + 1, loss, None)

        made = train_pipeline(lesson.texts, NerPlan(seed=lesson.seed), said)
        return made, TrainingRun(len(history), {}, "done", history)
    settings = UpdateSettings(seed=lesson.seed, time_budget=lesson.budget)
    trained = update_ner(
        nlp,
        lesson.texts,
        lesson.old,
        settings,
        lesson.dev or None,
        groups=lesson.groups,
        report=report,
    )
    return nlp, trained


def _guest(
    nlp: Language, lesson: Lesson, guest: Pipeline, report: StepCallback
) -> dict[str, TrainingRun]:
    """The guest's tagger in its place in our pipeline, trained on where there is something to
    learn.
    """
    tagger, went = tagger_of(guest), dict[str, TrainingRun]()
    if any(text.spans for text in lesson.texts):
        settings = UpdateSettings(seed=lesson.seed, time_budget=lesson.budget)
        went["own"] = update_ner(
            tagger,
            lesson.texts,
            (),
            settings,
            lesson.dev or None,
            groups=lesson.groups,
            report=report,
        )
    adopt_tagger(tagger, nlp)
    if went:
        set_precision(nlp, went["own"].scores.get("p"))
    return went


def _only(lesson: Lesson, labels: frozenset[str] | set[str]) -> Lesson:
    """The lesson with the spans of these labels alone."""

    def kept(texts: Sequence[Labelled]) -> list[Labelled]:
        return [
            Labelled(t.text, tuple(span for span in t.spans if span[2] in labels)) for t in texts
        ]

    return replace(lesson, texts=kept(lesson.texts), dev=kept(lesson.dev))
