"""Model bundles: a directory of files that a manifest lists with size and sha256. Audited, then
used.

::

    models/<name>-<version>/
        manifest.json      format, versions, data hash, settings, metrics, files (size, sha256)
        CARD.md            what the model is, how it was made, how well it does
        pipeline/          a spaCy pipeline, as ``nlp.to_disk`` writes it
        *.skops            the classifiers, strings and arrays only
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from eventrisk.errors import ModelError
from eventrisk.learn.heads import FILES, Heads
from eventrisk.results import Provenance

FORMAT = 1  # version of the manifest's form
MANIFEST = "manifest.json"
CARD = "CARD.md"
PIPELINE = "pipeline"
DEFAULT = "default"
VERSIONED = re.compile(r"(?P<name>.+)-(?P<version>\d+(?:\.\d+)*)")
REBUILD = "rebuild it with `make models`, or reinstall eventrisk"
REPEAT = "train it again, or copy the whole folder again from where it was trained"
TERMS = (".tsv", ".csv")  # how files of terms are called, which are no models
NEAR = 0.6  # similarity (0…1, difflib's ratio) from which a name may be a slip of another


@dataclass(frozen=True)
class Bundle:
    """An audited bundle. ``sha256`` is that of the manifest, which in turn holds those of all
    files.
    """

    path: Path
    manifest: Mapping[str, Any]
    sha256: str

    @property
    def name(self) -> str:
        """Name and version, such as ``default-0.1.0``."""
        return f"{self.manifest['name']}-{self.manifest['version']}"

    @property
    def pipeline(self) -> Path:
        """The directory of the spaCy pipeline."""
        return self.path / PIPELINE

    def heads(self) -> Heads:
        """The classifiers. Raises ModelError when a file is broken."""
        return Heads.load(self.path)

    def provenance(self) -> Provenance:
        """What a result says of the model that made it."""
        from eventrisk import __version__

        return Provenance(
            __version__, self.name, self.sha256, _digest_of(self.manifest.get("settings", {}))
        )


def find(model: str | Path = DEFAULT) -> Bundle:
    """The bundle of a directory, or the highest version of a name among the packaged ones.

    Raises ModelError when there is none, or when it is not as its manifest says.
    """
    path = Path(model)
    if path.is_dir():
        return opened(path)
    found = [(place, version) for root in roots() for place, version in _versions(root, str(model))]
    if not found:
        raise ModelError(_unknown(path))
    return opened(max(found, key=lambda entry: entry[1])[0])


def roots() -> tuple[Path, ...]:
    """Where named bundles lie: inside the installed package, or beside the source tree it runs
    from.
    """
    package = Path(__file__).resolve().parents[1]
    return package / "models", package.parents[1] / "models"


def _unknown(path: Path) -> str:
    """What to do where there is no such model: spell it so, name its folder, or train it."""
    if path.suffix.lower() in TERMS:
        return (
            f"no model {str(path)!r}: a model is a folder; terms of your own are given as "
            f"terms={str(path)!r} (on the command line: --terms {path})"
        )
    packaged = sorted({match["name"] for root in roots() for _, match in _bundles(root)})
    if str(path) == DEFAULT:
        searched = ", ".join(str(root) for root in roots())
        return f"no model {DEFAULT!r}: no bundle of that name in {searched}; {REBUILD}"
    here = path.parent if path.parent.is_dir() else Path()
    own = [str(here / found.name) for found, _ in _bundles(here)]
    near = get_close_matches(str(path), [*own, *packaged], n=1, cutoff=NEAR)
    meant = f"; did you mean {near[0]!r}?" if near else "."
    return (
        f"no model {str(path)!r}: there is no such folder in {here.resolve()}, and no model of "
        f"that name comes with eventrisk (there is {', '.join(packaged) or 'none'}){meant} A model "
        f"of your own is named by the folder that `train` wrote"
    )


def _advice(path: Path) -> str:
    """What to do about a bundle that is not as it was made: ours is built, a user's is trained."""
    ours = any(path.resolve().is_relative_to(root) for root in roots())
    return REBUILD if ours else REPEAT


def _versions(root: Path, name: str) -> list[tuple[Path, tuple[int, ...]]]:
    return [
        (place, tuple(map(int, match["version"].split("."))))
        for place, match in _bundles(root)
        if name in (match["name"], place.name)
    ]


def _bundles(root: Path) -> list[tuple[Path, re.Match[str]]]:
    """The folders in ``root`` that are called by a name and a version."""
    places = sorted(place for place in root.iterdir() if place.is_dir()) if root.is_dir() else []
    named = ((place, VERSIONED.fullmatch(place.name)) for place in places)
    return [(place, match) for place, match in named if match]


def opened(path: Path) -> Bundle:
    """The bundle of a directory, audited: format, every file's size and sha256, and no file beside
    those listed.
    """
    manifest_path = path / MANIFEST
    try:
        raw = manifest_path.read_bytes()
        manifest = json.loads(raw)
        listed = {
            str(name): (int(entry["size"]), str(entry["sha256"]))
            for name, entry in manifest["files"].items()
        }
        form = manifest["format"], manifest["name"], manifest["version"]
    except FileNotFoundError as error:
        raise ModelError(
            f"{path}: no {MANIFEST}, so this is no model bundle; name the folder that `train` wrote"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{manifest_path}: not a manifest of a bundle ({error}); {_advice(path)}"
        ) from error
    if form[0] != FORMAT:
        raise ModelError(
            f"{path}: format {form[0]}, where this version reads {FORMAT}; {_advice(path)}"
        )
    _audit(path, listed)
    _check_spacy(path, manifest)
    return Bundle(path, manifest, hashlib.sha256(raw).hexdigest())


def _audit(path: Path, listed: Mapping[str, tuple[int, str]]) -> None:
    there = set(files_of(path))
    for problem, names in (
        ("is missing", sorted({*FILES, CARD, *listed} - there)),
        ("is not listed in the manifest", sorted(there - set(listed))),
    ):
        if names:
            raise ModelError(f"{path}: {names[0]} {problem}; {_advice(path)}")
    for name, (size, sha256) in sorted(listed.items()):
        content = (path / name).read_bytes()
        if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            raise ModelError(
                f"{path}: {name} was altered since the bundle was made; {_advice(path)}"
            )


def _check_spacy(path: Path, manifest: Mapping[str, Any]) -> None:
    """A pipeline is read by the minor version of spaCy that wrote it; the classifiers are read by
    any scikit-learn.
    """
    from importlib.metadata import version

    made, here = str(manifest.get("versions", {}).get("spacy", "")), version("spacy")
    if made.split(".")[:2] != here.split(".")[:2]:
        raise ModelError(
            f"{path}: made with spaCy {made or 'unknown'}, here is {here}; {_advice(path)}"
        )


def files_of(path: Path) -> list[str]:
    """All files of a bundle but the manifest, as sorted POSIX paths relative to it."""
    names = (
        file.relative_to(path).as_posix()
        for file in path.rglob("*")
        if file.is_file() or file.is_symlink()
    )
    return sorted(name for name in names if name != MANIFEST)


def _digest_of(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
