"""Writes a bundle: all of it, or nothing. Refuses files that hold a pickle."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from eventrisk.errors import ModelError, OutputError
from eventrisk.learn.bundle import CARD, FORMAT, MANIFEST, PIPELINE, Bundle, files_of, opened
from eventrisk.learn.heads import Heads

LIBRARIES = ("spacy", "scikit-learn", "skops", "numpy")
PICKLES = tuple(bytes((0x80, protocol)) for protocol in range(2, 6))


def save(
    models: Path,
    *,
    name: str,
    release: str,
    pipeline: Callable[[Path], None],
    heads: Heads,
    card: str,
    pictures: Mapping[str, str] | None = None,
    data_sha256: str,
    settings: Mapping[str, Any],
    metrics: Mapping[str, Any],
) -> Bundle:
    """Writes ``models/<name>-<release>`` and reads it back, audited.

    ``pipeline`` writes the spaCy pipeline into the directory it is given (``nlp.to_disk``). The bundle is made beside
    its place and moved there at the end; one that was there before is replaced. ``pictures`` are files that the card
    shows, by name. Raises OutputError where nothing can be
    written and ModelError where a file would hold a pickle.
    """
    target = models / f"{name}-{release}"
    partial = models / f".{name}-{release}.partial"
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        pipeline(partial / PIPELINE)
        heads.save(partial)
        for file, content in {CARD: card, **(pictures or {})}.items():
            (partial / file).write_text(content, encoding="utf-8")
        _write_manifest(partial, name, release, {"data_sha256": data_sha256, "settings": settings, "metrics": metrics})
        opened(partial)
        _replace(partial, target)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        if isinstance(error, ModelError):
            raise
        raise OutputError(f"{target}: the bundle cannot be written: {error}") from error
    return opened(target)


def _write_manifest(path: Path, name: str, release: str, more: Mapping[str, Any]) -> None:
    manifest = {
        "format": FORMAT,
        "name": name,
        "version": release,
        "versions": {library: _version(library) for library in ("eventrisk", *LIBRARIES)},
        **more,
        "files": {file: _entry(path / file) for file in files_of(path)},
    }
    (path / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _entry(file: Path) -> dict[str, Any]:
    content = file.read_bytes()
    if content[:2] in PICKLES and content[-1:] == b".":
        raise ModelError(f"{file}: holds a pickle, which could run code when read; a bundle takes none")
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "unknown"


def _replace(partial: Path, target: Path) -> None:
    """The new bundle takes the old one's place; the old one goes only when the new one stands."""
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    partial.rename(target)
    shutil.rmtree(old, ignore_errors=True)
