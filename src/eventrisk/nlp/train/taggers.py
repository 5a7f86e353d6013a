"""Trains what finds names in a pipeline: the main tagger for the built-in labels, a second one for
custom labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language

from eventrisk.labels import TRAINED_LABELS
from eventrisk.names.augment import Labelled
from eventrisk.nlp.custom.collector import BUILT_IN_LABELS, set_precision
from eventrisk.nlp.custom.sourced import Pipeline, source_tagger, tagger_of
from eventrisk.nlp.reader import Reader
from eventrisk.nlp.train.config import NerConfig, train_pipeline
from eventrisk.nlp.train.custom import CustomSettings, train_custom
from eventrisk.nlp.train.update import UpdateSettings, update_ner
from eventrisk.stopping import StepCallback, TrainingRun, ignore_step

CORE_LABELS = frozenset(map(str, TRAINED_LABELS))


@dataclass(frozen=True)
class TaggerData:
    """Clean texts with entities to train taggers on; ``groups`` names the company of each text.

    ``dev`` are texts for early stopping; without them a part of ``texts`` is set aside.
    ``rehearsal`` are texts of the base, labelled with all core labels. ``fresh`` trains the main
    tagger from random weights; ``sourced`` is a spaCy pipeline of the user whose tagger is trained
    on. ``time_budget`` is in seconds, None for no limit.
    """

    texts: Sequence[Labelled]
    groups: Sequence[str]
    dev: Sequence[Labelled] = ()
    rehearsal: Sequence[Labelled] = ()
    fresh: bool = False
    sourced: Pipeline | None = None
    seed: int = 0
    time_budget: float | None = None

    def only(self, labels: frozenset[str] | set[str]) -> TaggerData:
        """The same texts with the spans of these labels alone."""

        def with_labels(texts: Sequence[Labelled]) -> list[Labelled]:
            return [
                Labelled(t.text, tuple(span for span in t.spans if span[2] in labels))
                for t in texts
            ]

        return replace(self, texts=with_labels(self.texts), dev=with_labels(self.dev))


@dataclass(frozen=True)
class TrainedTaggers:
    """A reader of releases with its taggers trained, and how each training went, by pipe."""

    reader: Reader
    runs: dict[str, TrainingRun]

    @property
    def interrupted(self) -> bool:
        """Whether the user stopped it by Ctrl-C."""
        return any(run.ended == "interrupt" for run in self.runs.values())


def train_taggers(
    reader: Reader, data: TaggerData, callback: StepCallback = ignore_step
) -> TrainedTaggers:
    """The reader with its taggers trained; the pipeline given is changed. Same data, same
    weights.
    """
    nlp, runs = reader.nlp, dict[str, TrainingRun]()
    labels = {label for text in data.texts for *_, label in text.spans}
    if labels & CORE_LABELS:
        nlp, runs["ner"] = _train_main(nlp, data.only(CORE_LABELS), callback)
    custom = data.only(labels - BUILT_IN_LABELS)
    interrupted = any(run.ended == "interrupt" for run in runs.values())
    if data.sourced is not None:
        runs |= _train_sourced(nlp, custom, data.sourced, callback)
    elif labels - BUILT_IN_LABELS and not interrupted:
        settings = CustomSettings(seed=data.seed, time_budget=data.time_budget)
        runs["own"] = train_custom(
            nlp, custom.texts, custom.dev or None, settings, callback, custom.groups
        )
        set_precision(nlp, runs["own"].scores.get("p"))
    return TrainedTaggers(Reader(nlp), runs)


def _train_main(
    nlp: Language, data: TaggerData, callback: StepCallback
) -> tuple[Language, TrainingRun]:
    return _from_scratch(data, callback) if data.fresh else (nlp, _updated(nlp, data, callback))


def _from_scratch(data: TaggerData, callback: StepCallback) -> tuple[Language, TrainingRun]:
    history: list[tuple[int, float, dict[str, float]]] = []

    def after(epoch: int, loss: float) -> None:
        history.append((epoch + 1, loss, {}))
        callback(epoch + 1, loss, None)

    nlp = train_pipeline(data.texts, NerConfig(seed=data.seed), after)
    return nlp, TrainingRun(len(history), {}, "done", history)


def _updated(nlp: Language, data: TaggerData, callback: StepCallback) -> TrainingRun:
    """The pipe ``ner`` trained on from its weights."""
    return update_ner(
        nlp,
        data.texts,
        data.rehearsal,
        UpdateSettings(seed=data.seed, time_budget=data.time_budget),
        data.dev or None,
        groups=data.groups,
        callback=callback,
    )


def _train_sourced(
    nlp: Language, data: TaggerData, pipeline: Pipeline, callback: StepCallback
) -> dict[str, TrainingRun]:
    """Trains the tagger of the user's pipeline on, where there are spans, and puts it into ours."""
    tagger, runs = tagger_of(pipeline), dict[str, TrainingRun]()
    if any(text.spans for text in data.texts):
        runs["own"] = _updated(tagger, replace(data, rehearsal=()), callback)
    source_tagger(tagger, nlp)
    if runs:
        set_precision(nlp, runs["own"].scores.get("p"))
    return runs
