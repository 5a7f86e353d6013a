"""The labelling interface of a Label Studio project, as the XML to be pasted under *Labeling
Interface → Code*.

The names of its controls are those that ``label_studio`` writes and reads: predictions show only
where they agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from eventrisk.labelled import Labelled
from eventrisk.sources.formats.choices import MANY, SINGLE

NAMES = "entities"


def interface(labels: Mapping[str, Sequence[str]]) -> str:
    """One control for each of ``entities``, ``sentiment``, ``tone`` and ``risk_factors`` that has
    labels.
    """
    lines = ["<View>"]
    if labels.get(NAMES):
        lines += _control("Labels", "label", 'toName="text"', "Label", labels[NAMES])
    lines.append('  <Text name="text" value="$text"/>')
    for head in (*SINGLE, MANY):
        if labels.get(head):
            how = (
                'toName="text" choice="multiple"'
                if head == MANY
                else 'toName="text" choice="single"'
            )
            lines.append(f"  <Header value={quoteattr(head.replace('_', ' '))}/>")
            lines += _control("Choices", head, how, "Choice", labels[head])
    return "\n".join((*lines, "</View>", ""))


def _control(tag: str, name: str, how: str, item: str, labels: Sequence[str]) -> list[str]:
    inside = [f"    <{item} value={quoteattr(label)}/>" for label in labels]
    return [f"  <{tag} name={quoteattr(name)} {how}>", *inside, f"  </{tag}>"]


def write_interface(labels: Mapping[str, Sequence[str]], path: Path) -> None:
    """Writes the XML. Raises OSError."""
    path.write_text(interface(labels), encoding="utf-8", newline="\n", errors="xmlcharrefreplace")


def write_interface_of(records: Sequence[Labelled], path: Path) -> None:
    """Writes the XML for the labels that records use, in the order of the alphabet. Raises
    OSError.
    """
    used: dict[str, set[str]] = {NAMES: set(), **{head: set() for head in (*SINGLE, MANY)}}
    for record in records:
        used[NAMES] |= {span.label for span in record.entities or ()}
        used[MANY] |= set(record.risk_factors or ())
        for head in SINGLE:
            used[head] |= {getattr(record, head)} - {None}
    write_interface({head: sorted(labels) for head, labels in used.items()}, path)
