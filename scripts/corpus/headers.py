"""The YAML head of a labelled release: read as YAML 1.2 reads it, written in one stable style.

``yes`` and ``no`` stay the strings they are (they are keys of a vote) and dates stay ISO strings.
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

KEYS = (
    "date",
    "form",
    "era",
    "company",
    "sentiment",
    "tone",
    "relevance",
    "events",
    "catalysts",
    "votes",
    "reasons",
    "traps",
)
LISTS = ("events", "catalysts", "votes", "reasons", "traps")


class Plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that knows neither 1.1 booleans (yes, no, on, off) nor timestamps."""


Plain.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))
    ]
    for first, resolvers in Plain.yaml_implicit_resolvers.items()
}
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read(head: str) -> dict[str, Any]:
    """The head as a dict with every list present. Raises ValueError with the place of a YAML
    error.
    """
    try:
        meta = yaml.load(head, Plain)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = (
            f"line {mark.line + 2}: " if mark else ""
        )  # the head starts on the second line of the file
        raise ValueError(f"{where}{getattr(error, 'problem', None) or error}") from error
    if not isinstance(meta, dict):
        raise ValueError("line 2: the head must be keys and values")
    return {**meta, **{key: meta.get(key) or [] for key in LISTS}}


def write(meta: dict[str, Any]) -> str:
    """The head in the order of ``KEYS``: lists of records one record a line, everything else on one
    line.
    """
    lines: list[str] = []
    for key in KEYS:
        value = meta.get(key)
        if key not in meta:
            continue
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{key}:", *(f"  - {_flow(item)}" for item in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


PLAIN = re.compile(r"\d{4}-\d\d-\d\d|[a-z][a-z0-9_]*")
RESERVED = {"yes", "no", "on", "off", "y", "n", "true", "false", "null"}


def _flow(value: Any) -> str:
    """One value on one line, as YAML 1.1 and 1.2 both read it: anything that could be misread is
    quoted.
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, str) and PLAIN.fullmatch(value) and value not in RESERVED:
        return value
    return json.dumps(value, ensure_ascii=False)
