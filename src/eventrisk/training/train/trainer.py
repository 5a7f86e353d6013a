"""Fits models: the heads that have labels are trained on some records, the others stay the
base's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from eventrisk.api import Analyzer
from eventrisk.labelled import Labelled
from eventrisk.learn.bundle import Bundle
from eventrisk.learn.fit.adapt import FeatureCache, adapt_sentiment, adapt_tone
from eventrisk.learn.fit.adapt_risk import RiskBag, adapt_risk
from eventrisk.learn.fit.examples import Example
from eventrisk.learn.fit.risk import RiskExample
from eventrisk.learn.heads import Heads
from eventrisk.learn.risk import RiskModel
from eventrisk.learn.seen_texts import SeenTexts
from eventrisk.names.augment import Labelled as TaggedText
from eventrisk.names.vocabulary import NO_TERMS, Vocabulary
from eventrisk.nlp.custom.sourced import Pipeline
from eventrisk.nlp.reader import Reader
from eventrisk.nlp.train.taggers import CORE_LABELS, TaggerData, TrainedTaggers, train_taggers
from eventrisk.reading import Reading
from eventrisk.results import Provenance
from eventrisk.training.progress import Listener
from eventrisk.training.train.caching_reader import CachingReader
from eventrisk.training.train.examples import examples, risk_examples
from eventrisk.training.train.names import clean_texts, labelled
from eventrisk.training.train.rehearsal import Rehearsal, of_bundle
from eventrisk.training.train.splitting import DEV

ENTITIES, SENTIMENT, TONE, RISK = "entities", "sentiment", "tone", "risk"
NO_CLAUSE = (
    "Kept from the base: risk (no text labelled for it has a clause of forward-looking risk "
    "language)."
)

NO_SIGNAL = (
    "No signal in {0}: on texts held out, the scores of a model told nothing of the labels, or ran "
    "against them. It gives every release the shares of the classes."
)


@dataclass(frozen=True)
class Base:
    """What a training starts from: a bundle.

    With ``fresh`` the trained heads start from nothing; ``sourced`` is a spaCy pipeline of the
    user's whose tagger is trained on. With ``terms`` of the user's own the texts are read; the
    taggers learn without them.
    """

    bundle: Bundle
    fresh: bool = False
    sourced: Pipeline | None = None
    terms: Vocabulary = NO_TERMS

    @cached_property
    def reader(self) -> CachingReader:
        """Reads as the base does; the classifiers are fitted to these readings."""
        return CachingReader(Reader.load(self.bundle.pipeline, self.terms))

    @cached_property
    def heads(self) -> Heads:
        """The base's classifiers."""
        return self.bundle.heads()

    def featured(
        self, text: str, marks: Sequence[int], date: str | None
    ) -> tuple[Reading, dict[str, float]]:
        """The reading of a clean text and the features of its events, as the base decides them:
        what the classifiers learn from.
        """
        reading = self.reader.read(text, marks=marks, date=date)
        return reading, self.heads.featured(reading)

    @cached_property
    def seen(self) -> SeenTexts | None:
        """What the base learnt from, as far as its bundle says."""
        return SeenTexts.load(self.bundle.path)

    @cached_property
    def rehearsal(self) -> Rehearsal:
        """Texts of the base's own; none for heads that start from nothing."""
        return Rehearsal() if self.fresh else of_bundle(self.bundle)

    @cached_property
    def rehearsal_examples(self) -> list[Example]:
        """Texts of the base's own for the classifiers."""
        return list(examples(self.rehearsal.learn, self.featured))

    @cached_property
    def rehearsal_texts(self) -> list[TaggedText]:
        """Texts of the base's own for the main tagger."""
        return clean_texts(self.rehearsal.learn)

    @cached_property
    def analyzer(self) -> Analyzer:
        """The base itself, to be compared with."""
        return Analyzer(self.reader, self.heads, self.bundle.provenance())


@dataclass
class _Caches:
    """What was read of each record, by its id, since a training fits several models to them."""

    examples: dict[str, list[Example]] = field(default_factory=dict)
    risk: dict[str, list[RiskExample | RiskBag]] = field(default_factory=dict)
    texts: dict[str, TaggedText] = field(default_factory=dict)
    features: dict[str, FeatureCache] = field(default_factory=dict)  # by head


@dataclass(frozen=True)
class Trainer:
    """Trains ``heads`` on a base; ``groups`` names the company of each record, by id.

    ``remarks`` are what turned out while fitting, each once and in order.
    """

    base: Base
    heads: tuple[str, ...]
    groups: Mapping[str, str]
    seed: int = 0
    remarks: dict[str, None] = field(default_factory=dict, repr=False)
    caches: _Caches = field(default_factory=_Caches, repr=False)

    def fit(
        self, records: Sequence[Labelled], listener: Listener, time_budget: float | None = None
    ) -> FittedModel:
        """A model of these records; ``time_budget`` (seconds) is what the taggers may take.

        Same records and seed, same model, unless the time was used up.
        """
        taggers = self._taggers(records, listener, time_budget) if ENTITIES in self.heads else None
        reader = taggers.reader.with_terms(self.base.terms) if taggers else self.base.reader
        return FittedModel(reader, self._classifiers(records, listener), taggers)

    def _taggers(
        self, records: Sequence[Labelled], listener: Listener, time_budget: float | None
    ) -> TrainedTaggers:
        listener.stage("learning names")
        named = [record for record in records if record.entities is not None]
        train = [record for record in named if record.split != DEV]
        texts = [self._text(record) for record in train]
        core = any(label in CORE_LABELS for text in texts for *_, label in text.spans)
        data = TaggerData(
            texts=texts,
            groups=[self.groups[record.id] for record in train],
            dev=[self._text(record) for record in named if record.split == DEV],
            rehearsal=self.base.rehearsal_texts if core else (),
            fresh=self.base.fresh,
            sourced=self.base.sourced,
            seed=self.seed,
            time_budget=time_budget,
        )
        return train_taggers(Reader.load(self.base.bundle.pipeline), data, listener.figures)

    def _classifiers(self, records: Sequence[Labelled], listener: Listener) -> Heads:
        wanted = [head for head in self.heads if head != ENTITIES]
        if not wanted:
            return self.base.heads
        listener.stage("learning " + ", ".join(wanted))
        heads = self.base.heads
        if SENTIMENT in wanted or TONE in wanted:
            own = [example for record in records for example in self._examples(record)]
            heads = self._classes(heads, own)
        for head, model in ((SENTIMENT, heads.sentiment), (TONE, heads.tone)):
            if head in wanted and model.calibrator.flat:
                self.remarks[NO_SIGNAL.format(head)] = None
        return replace(heads, risk=self._risk(records)) if RISK in wanted else heads

    def _classes(self, heads: Heads, own: Sequence[Example]) -> Heads:
        """The heads with sentiment and tone trained, where they are wanted."""
        fresh, old = self.base.fresh, self.base.rehearsal_examples
        if SENTIMENT in self.heads:
            base = None if fresh else heads.sentiment
            sentiment = adapt_sentiment(own, old, base, self._features(SENTIMENT))
            heads = replace(heads, sentiment=sentiment)
        if TONE in self.heads:
            tone = adapt_tone(own, old, None if fresh else heads.tone, self._features(TONE))
            heads = replace(heads, tone=tone)
        return heads

    def _risk(self, records: Sequence[Labelled]) -> RiskModel:
        base = self.base.heads.risk
        own = [example for record in records for example in self._risk_examples(record)]
        if not any(example.clauses for example in own):
            self.remarks[NO_CLAUSE] = None
            return base
        old = [e.risk for e in self.base.rehearsal_examples if e.risk is not None]
        return adapt_risk(own, old, None if self.base.fresh else base)

    def _examples(self, record: Labelled) -> list[Example]:
        cache = self.caches.examples
        if record.id not in cache:
            cache[record.id] = list(examples([record], self.base.featured, self.groups))
        return cache[record.id]

    def _risk_examples(self, record: Labelled) -> list[RiskExample | RiskBag]:
        cache = self.caches.risk
        if record.id not in cache:
            found = risk_examples([record], self.base.featured, self.groups)
            cache[record.id] = list(found)
        return cache[record.id]

    def _text(self, record: Labelled) -> TaggedText:
        cache = self.caches.texts
        if record.id not in cache:
            cache[record.id] = labelled(record)
        return cache[record.id]

    def _features(self, head: str) -> FeatureCache:
        return self.caches.features.setdefault(head, {})


@dataclass(frozen=True)
class FittedModel:
    """A reader, classifiers, and how the taggers were trained."""

    reader: Reader
    heads: Heads
    taggers: TrainedTaggers | None = None

    @property
    def interrupted(self) -> bool:
        """Whether the user stopped the training."""
        return self.taggers is not None and self.taggers.interrupted

    def analyzer(self, name: str) -> Analyzer:
        """The model under a name, to be measured before it is saved."""
        from eventrisk import __version__

        return Analyzer(self.reader, self.heads, Provenance(__version__, name, "", ""))
