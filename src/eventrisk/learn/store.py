"""Model files: strings, numbers and arrays in skops format, nothing else, and so nothing that could
run.

skops checks types before it builds anything; ours need none beyond numpy's arrays, so ``TRUSTED``
is empty and stays so. skops itself imports all of scikit-learn, which costs seconds; a file of the
protocol known here is therefore read with numpy alone, by a reader stricter than skops: any other
node than a plain value or array is refused.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from eventrisk.errors import ModelError

TRUSTED: tuple[str, ...] = ()
PROTOCOL = 2  # version of the skops format that is read with numpy alone
State = Mapping[str, Any]


def dump(state: State, path: Path) -> None:
    """Writes a flat dict of strings, numbers and arrays. Raises ModelError for any other value."""
    import skops.io

    for key, value in state.items():
        objects = isinstance(value, np.ndarray) and value.dtype.hasobject
        if objects or not isinstance(value, str | float | int | np.ndarray):
            raise ModelError(
                f"{path.name}: {key} is a {type(value).__name__}; only strings, numbers and "
                f"arrays are stored"
            )
    skops.io.dump(dict(state), path)


def load(path: Path) -> dict[str, Any]:
    """Reads what ``dump`` wrote. Raises ModelError for a broken file and for anything but plain
    values and arrays.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            schema = json.loads(archive.read("schema.json"))
            if schema.get("protocol") == PROTOCOL:
                return {key: _value(node, archive) for key, node in schema["content"].items()}
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ModelError(
            f"{path}: no readable model file ({error}); rebuild the bundle with `make models`"
        ) from error
    return _by_skops(path)


def _value(node: Mapping[str, Any], archive: zipfile.ZipFile) -> Any:
    if node["__loader__"] == "JsonNode" and node["is_json"]:
        return json.loads(node["content"])
    if node["__loader__"] == "NdArrayNode" and node["type"] == "numpy":
        return np.load(io.BytesIO(archive.read(node["file"])), allow_pickle=False)
    raise ValueError(f"a node of type {node['__module__']}.{node['__class__']} is not allowed")


def _by_skops(path: Path) -> dict[str, Any]:
    """Files of a later skops: its own reader, with the same empty list of trusted types."""
    import skops.io

    try:
        state = skops.io.load(path, trusted=list(TRUSTED))
    except Exception as error:
        raise ModelError(
            f"{path}: skops cannot read it ({error}); rebuild the bundle with `make models`"
        ) from error
    if not isinstance(state, dict):
        raise ModelError(
            f"{path}: holds a {type(state).__name__}, not a dict; rebuild the bundle with "
            f"`make models`"
        )
    return state
