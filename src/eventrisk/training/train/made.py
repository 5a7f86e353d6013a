"""How a model was made, so that it can be made again: command, seed, data, base, versions."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eventrisk.learn.bundle import Bundle
from eventrisk.learn.save import versions

OPTIONS = {"heads": "head", "format": "from", "columns": "column", "labels": "label"}
IN_MEMORY = "records-in-memory"  # stands for data that came from no file


def command_of(data: Any, out: str, options: Mapping[str, Any]) -> str:
    """The command line that trains the same model; files stand by their names, never their paths.

    ``options`` are those of ``train`` that were given, by name; None, ``auto`` and empty ones say
    nothing.
    """
    words = ["eventrisk", "train", *_names(data), "--out", out]
    for name, value in options.items():
        for part in _values(name, value):
            words += [f"--{OPTIONS.get(name, name)}", part]
    return shlex.join(words)


def made_with(command: str, seed: int, data_sha256: str, base: Bundle) -> dict[str, Any]:
    """All that the model depends on, as plain values."""
    return {
        "command": command,
        "seed": seed,
        "data_sha256": data_sha256,
        "base": base.name,
        "base_sha256": base.sha256,
        "versions": {"python": platform.python_version(), **versions()},
    }


def _values(name: str, value: Any) -> Iterator[str]:
    if name == "base":
        if value != "default":
            yield "none" if value is None else _name(value)
    elif name in ("dev", "test", "terms"):
        yield from () if value is None else _names(value)
    elif isinstance(value, Mapping):
        yield from (f"{given}={ours}" for given, ours in value.items())
    elif isinstance(value, str | int | float):
        yield from () if value == "auto" else [str(value)]
    elif value is not None:
        yield from map(str, value)


def _names(data: Any) -> list[str]:
    """The names of the files; what came from none stands once, as ``IN_MEMORY``."""
    parts: Iterable[Any] = [data] if isinstance(data, str | Path) else data
    if isinstance(parts, Iterator):  # it is read but once
        return [IN_MEMORY]
    return list(dict.fromkeys(_name(part) for part in parts)) or [IN_MEMORY]


def _name(part: Any) -> str:
    return Path(part).name if isinstance(part, str | Path) else IN_MEMORY
