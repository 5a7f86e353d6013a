"""Writes a bundle: all of it, or nothing. Refuses files that hold a pickle, and to overwrite a
bundle unasked.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from eventrisk.errors import ModelError, OutputError
from eventrisk.learn.bundle import (
    CARD,
    FORMAT,
    MANIFEST,
    PIPELINE,
    VERSIONED,
    Bundle,
    files_of,
    opened,
)
from eventrisk.learn.heads import Heads

FIRST = "1"  # the version of a bundle whose directory names none
LIBRARIES = ("spacy", "scikit-learn", "skops", "numpy")
PICKLES = tuple(bytes((0x80, protocol)) for protocol in range(2, 6))


def save(
    target: Path,
    *,
    pipeline: Callable[[Path], None],
    heads: Heads,
    card: str,
    files: Mapping[str, str | bytes] | None = None,
    data_sha256: str,
    settings: Mapping[str, Any],
    metrics: Mapping[str, Any],
    overwrite: bool = False,
) -> Bundle:
    """Writes the bundle ``target`` and reads it back, audited. Its name and version are those of
    the directory.

    ``pipeline`` writes the spaCy pipeline into the directory it is given (``nlp.to_disk``). The
    bundle is made beside its place and moved there at the end, so that what stands there is whole
    at any moment, also when the process is killed. ``files`` are further ones (the card's pictures,
    texts to rehearse), by name. Raises OutputError where something stands there already or nothing
    can be written, and ModelError where a file would hold a pickle.
    """
    refuse_existing(target, overwrite)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        _clear(target)
        partial.mkdir(parents=True)
        pipeline(partial / PIPELINE)
        heads.save(partial)
        for file, content in {CARD: card, **(files or {})}.items():
            (partial / file).write_bytes(
                content.encode("utf-8") if isinstance(content, str) else content
            )
        _write_manifest(
            partial, target, {"data_sha256": data_sha256, "settings": settings, "metrics": metrics}
        )
        opened(partial)
        _replace(partial, target)
    except OSError as error:
        if isinstance(error, ModelError):
            raise
        raise OutputError(f"{target}: the bundle cannot be written: {error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return opened(target)


def _clear(target: Path) -> None:
    """Removes what processes that are no more left half written."""
    for left in target.parent.glob(f".{target.name}.*.partial"):
        number = left.name.split(".")[-2]
        if number.isdigit() and not _runs(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return True


def refuse_existing(target: Path, overwrite: bool = False) -> None:
    """Raises OutputError where something stands already."""
    if target.is_file():
        raise OutputError(
            f"{target}: is a file; name a folder for the new model, one not there yet"
        )
    if target.exists() and not overwrite:
        raise OutputError(
            f"{target}: there already; a bundle is never overwritten: name another folder, "
            f"or remove it"
        )


def name_and_version(target: Path) -> tuple[str, str]:
    """What a bundle in this directory is called: ``mine-1.2`` is version 1.2 of mine, ``mine`` its
    version 1.
    """
    named = VERSIONED.fullmatch(target.name)
    return (named["name"], named["version"]) if named else (target.name, FIRST)


def _write_manifest(path: Path, target: Path, more: Mapping[str, Any]) -> None:
    name, release = name_and_version(target)
    manifest = {
        "format": FORMAT,
        "name": name,
        "version": release,
        "versions": versions(),
        **more,
        "files": {file: _entry(path / file) for file in files_of(path)},
    }
    (path / MANIFEST).write_text(
        json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def _entry(file: Path) -> dict[str, Any]:
    content = file.read_bytes()
    if content[:2] in PICKLES and content[-1:] == b".":
        raise ModelError(
            f"{file}: holds a pickle, which could run code when read; a bundle takes none"
        )
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def versions() -> dict[str, str]:
    """Those of the library and of what a bundle depends on."""
    return {library: _version(library) for library in ("eventrisk", *LIBRARIES)}


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
