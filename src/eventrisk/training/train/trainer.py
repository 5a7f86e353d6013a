"""One course of training: the heads that have labels are trained on some records, the others stay
the base's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from eventrisk.api import Analyzer
from eventrisk.labelled import Labelled
from eventrisk.learn.bundle import Bundle
from eventrisk.learn.fit.adapt import Memory, adapt_sentiment, adapt_tone
from eventrisk.learn.fit.adapt_risk import Whole, adapt_risk
from eventrisk.learn.fit.heads import Example
from eventrisk.learn.fit.risk import RiskExample
from eventrisk.learn.heads import Heads
from eventrisk.learn.risk import RiskModel
from eventrisk.names.augment import Labelled as TaggedText
from eventrisk.nlp.custom.sourced import Pipeline
from eventrisk.nlp.reader import Reader
from eventrisk.nlp.train.names import CORE_LABELS, Learnt, Lesson, learn_names
from eventrisk.results import Provenance
from eventrisk.training.progress import Listener
from eventrisk.training.train.caching_reader import RememberingReader
from eventrisk.training.train.examples import examples, risk_examples
from eventrisk.training.train.names import clean_texts, labelled
from eventrisk.training.train.rehearsal import Rehearsal, of_bundle
from eventrisk.training.train.splitting import DEV

ENTITIES, SENTIMENT, TONE, RISK = "entities", "sentiment", "tone", "risk"
NO_CLAUSE = (
    "Kept from the base: risk (no text labelled for it has a clause of forward-looking risk "
    "language)."
)
HEADS = (
    ENTITIES,
    SENTIMENT,
    TONE,
    RISK,
)  # what can be trained; events, votes and dates are read by rules


@dataclass(frozen=True)
class Base:
    """What a training starts from. ``fresh`` heads learn from nothing; ``guest`` is a pipeline of
    the user's own.
    """

    bundle: Bundle
    fresh: bool = False
    guest: Pipeline | None = None

    @cached_property
    def reader(self) -> RememberingReader:
        """Reads as the base does; the classifiers learn from these readings."""
        return RememberingReader(Reader.load(self.bundle.pipeline))

    @cached_property
    def heads(self) -> Heads:
        """The base's classifiers."""
        return self.bundle.heads()

    @cached_property
    def rehearsal(self) -> Rehearsal:
        """Texts of the base's own; none for heads that start from nothing."""
        return Rehearsal() if self.fresh else of_bundle(self.bundle)

    @cached_property
    def old(self) -> list[Example]:
        """What the classifiers learn again."""
        return list(examples(self.rehearsal.learn, self.reader.featured))

    @cached_property
    def old_texts(self) -> list[TaggedText]:
        """What the main tagger learns again."""
        return clean_texts(self.rehearsal.learn)

    @cached_property
    def analyzer(self) -> Analyzer:
        """The base itself, to be compared with."""
        return Analyzer(self.reader, self.heads, self.bundle.provenance())


@dataclass(frozen=True)
class Course:
    """Which heads are trained, from what, and with which company each record is grouped (by id)."""

    base: Base
    heads: tuple[str, ...]
    groups: Mapping[str, str]
    seed: int = 0
    read: dict[str, list[Example]] = field(default_factory=dict, repr=False)
    told: dict[str, list[RiskExample | Whole]] = field(default_factory=dict, repr=False)
    texts: dict[str, TaggedText] = field(default_factory=dict, repr=False)
    memory: dict[str, Memory] = field(default_factory=dict, repr=False)
    remarks: dict[str, None] = field(
        default_factory=dict, repr=False
    )  # what turned out while learning, each once

    def take(
        self, records: Sequence[Labelled], listener: Listener, budget: float | None = None
    ) -> Taken:
        """Trains on these records; ``budget`` is what the taggers may take, in seconds."""
        learnt = self._names(records, listener, budget) if ENTITIES in self.heads else None
        reader = learnt.reader if learnt is not None else self.base.reader
        return Taken(reader, self._classifiers(records, listener), learnt)

    def _names(
        self, records: Sequence[Labelled], listener: Listener, budget: float | None
    ) -> Learnt:
        listener.stage("learning names")
        named = [record for record in records if record.entities is not None]
        learn = [record for record in named if record.split != DEV]
        texts = [self._text(record) for record in learn]
        known = any(label in CORE_LABELS for text in texts for *_, label in text.spans)
        lesson = Lesson(
            texts=texts,
            groups=[self.groups[record.id] for record in learn],
            dev=[self._text(record) for record in named if record.split == DEV],
            old=self.base.old_texts if known else (),
            fresh=self.base.fresh,
            guest=self.base.guest,
            seed=self.seed,
            budget=budget,
        )
        return learn_names(Reader.load(self.base.bundle.pipeline), lesson, listener.figures)

    def _classifiers(self, records: Sequence[Labelled], listener: Listener) -> Heads:
        heads = self.base.heads
        wanted = [head for head in self.heads if head != ENTITIES]
        if not wanted:
            return heads
        listener.stage("learning " + ", ".join(wanted))
        fresh, old = self.base.fresh, self.base.old
        own = (
            []
            if wanted == [RISK]
            else [example for record in records for example in self._examples(record)]
        )
        if SENTIMENT in wanted:
            mood = adapt_sentiment(
                own, old, None if fresh else heads.sentiment, self._memory(SENTIMENT)
            )
            heads = replace(heads, sentiment=mood.model)
        if TONE in wanted:
            voice = adapt_tone(own, old, None if fresh else heads.tone, self._memory(TONE))
            heads = replace(heads, tone=voice.model)
        if RISK in wanted:
            heads = replace(heads, risk=self._risk(records))
        return heads

    def _risk(self, records: Sequence[Labelled]) -> RiskModel:
        base = self.base.heads.risk
        told = [example for record in records for example in self._told(record)]
        if not any(example.seen for example in told):
            self.remarks[NO_CLAUSE] = None
            return base
        known = [example.risk for example in self.base.old if example.risk is not None]
        return adapt_risk(told, known, None if self.base.fresh else base).model

    def _examples(self, record: Labelled) -> list[Example]:
        if record.id not in self.read:
            self.read[record.id] = list(examples([record], self.base.reader.featured, self.groups))
        return self.read[record.id]

    def _told(self, record: Labelled) -> list[RiskExample | Whole]:
        if record.id not in self.told:
            self.told[record.id] = list(
                risk_examples([record], self.base.reader.featured, self.groups)
            )
        return self.told[record.id]

    def _text(self, record: Labelled) -> TaggedText:
        if record.id not in self.texts:
            self.texts[record.id] = labelled(record)
        return self.texts[record.id]

    def _memory(self, head: str) -> Memory:
        return self.memory.setdefault(head, {})


@dataclass(frozen=True)
class Taken:
    """What came of a course: a reader, classifiers, and how the taggers' training went."""

    reader: Reader
    heads: Heads
    learnt: Learnt | None = field(default=None)

    @property
    def interrupted(self) -> bool:
        """Whether the user stopped it."""
        return self.learnt is not None and self.learnt.interrupted

    def analyzer(self, name: str) -> Analyzer:
        """The model under a name, to be measured before it is saved."""
        from eventrisk import __version__

        return Analyzer(self.reader, self.heads, Provenance(__version__, name, "", ""))
