"""Sourced components: the tagger of a pipeline that plain spaCy trained, installed in our pipeline
without the components around it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import spacy
from spacy import util
from spacy.language import Language

from eventrisk.errors import ModelError
from eventrisk.labels import TRAINED_LABELS
from eventrisk.nlp.custom.collector import BUILT_IN_LABELS, TAGGER, add_custom_tagger, set_precision
from eventrisk.nlp.pipeline import tokenizer

TAGGER_FACTORIES = ("ner", "beam_ner")
# factories of the shared layers a tagger may listen to
SHARED = ("tok2vec", "transformer", "curated_transformer")
PACKAGES = {
    "transformer": "spacy-transformers",
    "curated_transformer": "spacy-curated-transformers",
}
# token attributes that other components write
WRITTEN = frozenset({"TAG", "POS", "LEMMA", "DEP", "MORPH"})
OUR_FACTORIES = "eventrisk_"
GAZETTEER = "eventrisk_hints"  # the component that writes TAG in our pipeline
MAIN = "ner"

Pipeline = Language | str | Path


@dataclass(frozen=True)
class SourcedTagger:
    """A user's tagger in our pipeline: the pipes it became, its labels, and ``performance``, what
    its meta says spaCy measured.

    ``unknown`` are the trained labels that the main tagger no longer knows.
    """

    name: str
    pipes: tuple[str, ...]
    labels: tuple[str, ...]
    unknown: tuple[str, ...]
    performance: Mapping[str, Any]

    def facts(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return {"name": self.name, "pipes": list(self.pipes), "labels": list(self.labels)}

    def scores(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Precision, recall and F1 (``p``, ``r``, ``f``, 0…1) over all labels and of each, as far
        as they are known.
        """
        whole = {key: self.performance.get(f"ents_{key}") for key in "prf"}
        each = self.performance.get("ents_per_type") or {}
        rows = [("all", whole), *sorted(each.items())]
        return [
            (label, got) for label, got in rows if any(value is not None for value in got.values())
        ]


def source_tagger(pipeline: Pipeline, nlp: Language) -> SourcedTagger:
    """Installs the tagger of the user's ``pipeline`` in ``nlp``, by its labels.

    - Only trained labels (``labels.TRAINED_LABELS``): as the main ``ner``.
    - Custom labels: as ``own``.
    - All four trained labels and custom ones: as both. With only some of the four beside custom
      ones the main ``ner`` stays, since it knows more.

    ``pipeline`` is one of spaCy's, its directory or an installed package; it is not changed. Raises
    ModelError for one that has no trained ``ner``, whose ``ner`` reads what a component beside it
    writes, that cannot be loaded, or all of whose labels are found by rules here.
    """
    sourced = tagger_of(pipeline)
    labels, core = set(_labels(sourced)), {str(label) for label in TRAINED_LABELS}
    pipes = []
    if labels <= core or core <= labels:
        _install(sourced, nlp, MAIN)
        pipes.append(MAIN)
    if labels - BUILT_IN_LABELS:
        _install_custom(sourced, nlp)
        pipes.append(TAGGER)
    if not pipes:
        raise ModelError(
            f"the labels {', '.join(sorted(labels))} are found by rules here: give yours "
            f"other names"
        )
    unknown = sorted(core - labels) if MAIN in pipes else []
    name = f"{sourced.meta['lang']}_{sourced.meta['name']}"
    return SourcedTagger(name, tuple(pipes), _labels(sourced), tuple(unknown), _measured(sourced))


def _measured(sourced: Language) -> dict[str, Any]:
    """What spaCy's training measured of entities."""
    return {
        key: value
        for key, value in sourced.meta.get("performance", {}).items()
        if key.startswith("ents_")
    }


def _install_custom(sourced: Language, nlp: Language) -> None:
    """The tagger as the pipe ``own``, with the precision that spaCy measured."""
    add_custom_tagger(nlp)
    _install(sourced, nlp, TAGGER)
    measured = _measured(sourced)
    each = {
        label: got["p"]
        for label, got in (measured.get("ents_per_type") or {}).items()
        if got.get("p") is not None
    }
    set_precision(nlp, measured.get("ents_p"), each)


def _install(sourced: Language, nlp: Language, name: str) -> None:
    """A new pipe with the config, the weights and, where it reads them, the word vectors of the
    sourced tagger. Raises ModelError where the base has other word vectors.
    """
    source = _tagger_name(sourced.config)
    config = dict(sourced.config.interpolate()["components"][source])
    factory = config.pop("factory")
    if any(part.get("include_static_vectors") for part in _dicts(config)):
        if nlp.vocab.vectors.size and nlp.vocab.vectors != sourced.vocab.vectors:
            raise ModelError(
                "its ner reads word vectors, and those of the base model are others: choose "
                "another base"
            )
        nlp.vocab.vectors = sourced.vocab.vectors
    nlp.replace_pipe(name, factory, config=config)
    content = sourced.get_pipe(source).to_bytes(exclude=["vocab"])  # type: ignore[attr-defined]
    nlp.get_pipe(name).from_bytes(content, exclude=["vocab"])  # type: ignore[attr-defined]


def tagger_of(pipeline: Pipeline) -> Language:
    """A copy of the user's pipeline with its tagger, all it needs inside it, and as little else as
    can be.

    It splits words as ours does, since that is how the tagger will see them. The finders stay where
    it reads gazetteer tags. Raises ModelError.
    """
    if isinstance(pipeline, Language):
        with tempfile.TemporaryDirectory() as folder:
            pipeline.to_disk(folder)
            return _read(Path(folder), "the pipeline given")
    path = Path(pipeline)
    if path.is_dir():
        return _read(path, str(path))
    if util.is_package(str(pipeline)):
        return _read(_inside(str(pipeline)), str(pipeline))
    raise ModelError(f"{pipeline}: no such directory, and no installed package of that name")


def _inside(package: str) -> Path:
    """The directory of an installed package that holds its pipeline."""
    root = Path(str(import_module(package).__file__)).parent
    return next((path.parent for path in sorted(root.rglob("config.cfg"))), root)


def _read(path: Path, name: str) -> Language:
    missing = [file for file in ("config.cfg", "meta.json") if not (path / file).is_file()]
    if missing:
        raise ModelError(
            f"{name}: no {missing[0]}, so this is no trained pipeline of spaCy's; `spacy "
            f"train` writes it to model-best"
        )
    try:
        config = util.load_config(path / "config.cfg")
        tagger = _tagger_name(config)
        needed = _needed(config, tagger)
        sourced = spacy.load(
            path, exclude=[pipe for pipe in config["nlp"]["pipeline"] if pipe not in needed]
        )
        _free(sourced, tagger)
        sourced.tokenizer = tokenizer()(sourced)
    except ModelError as error:
        raise ModelError(f"{name}: {error}") from error
    except (ImportError, ValueError, OSError, KeyError, TypeError) as error:
        reason = " ".join(str(error).split())[:300]
        advice = _advice(path)
        raise ModelError(f"{name}: spaCy cannot load it: {reason}; {advice}") from error
    if not _labels(sourced):
        raise ModelError(f"{name}: its ner knows no label; train it first")
    return sourced


def _advice(path: Path) -> str:
    """What to install, as far as the config lets one tell."""
    text = (path / "config.cfg").read_text(encoding="utf-8", errors="replace")
    package = next(
        (package for factory, package in PACKAGES.items() if f'factory = "{factory}"' in text), None
    )
    return (
        f"install what it needs with: pip install {package}"
        if package
        else "install the packages it was made with"
    )


def _tagger_name(config: Mapping[str, Any]) -> str:
    """The pipe that finds entities: ``ner``, otherwise the first one of such a factory."""
    components = config.get("components", {})
    pipes = [
        name
        for name in config["nlp"]["pipeline"]
        if components.get(name, {}).get("factory") in TAGGER_FACTORIES
    ]
    if not pipes:
        names = ", ".join(config["nlp"]["pipeline"]) or "nothing"
        raise ModelError(
            f"the pipeline has no component ner ({names}); train one, e.g. from an exported config"
        )
    return MAIN if MAIN in pipes else str(pipes[0])


def _needed(config: Mapping[str, Any], tagger: str) -> list[str]:
    """The tagger, the layers it listens to, and the finders whose gazetteer tags it reads.

    Raises ModelError where it reads what components write that we do not have.
    """
    components = config["components"]
    factories = {
        name: components[name].get("factory")
        for name in config["nlp"]["pipeline"]
        if name in components
    }
    made = components[tagger]
    read = {attr for part in _dicts(made) for attr in part.get("attrs", ()) if attr in WRITTEN}
    if read - {"TAG"} or (read and GAZETTEER not in factories.values()):
        raise ModelError(
            f"its ner reads {', '.join(sorted(read))} that another component writes, which "
            f"our pipeline does not have; "
            "train it from an exported config instead"
        )
    needed = [tagger]
    if read:
        needed += [n for n, factory in factories.items() if str(factory).startswith(OUR_FACTORIES)]
    if any("Listener" in str(part.get("@architectures", "")) for part in _dicts(made)):
        needed += [name for name, factory in factories.items() if factory in SHARED]
    return needed


def _free(sourced: Language, tagger: str) -> None:
    """Replaces listeners: the tagger gets copies of the layers it shares with other pipes."""
    paths = list(_listeners(sourced.get_pipe_config(tagger)))
    for name, pipe in sourced.components:
        if tagger in getattr(pipe, "listening_components", ()):
            sourced.replace_listeners(name, tagger, paths)


def _listeners(config: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Dotted paths, within a pipe's config, of the layers that listen."""
    for key, value in config.items():
        if isinstance(value, Mapping):
            if "Listener" in str(value.get("@architectures", "")):
                yield f"{at}{key}"
            else:
                yield from _listeners(value, f"{at}{key}.")


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    """A config's tables, the nested ones too."""
    if isinstance(value, Mapping):
        yield value
        for inner in value.values():
            yield from _dicts(inner)


def _labels(sourced: Language) -> tuple[str, ...]:
    return tuple(sourced.get_pipe(_tagger_name(sourced.config)).labels)  # type: ignore[attr-defined]
