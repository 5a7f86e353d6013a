"""The labelling interface of a Label Studio project, as the XML to be pasted under *Labeling
Interface → Code*.

The names of its controls are those that ``label_studio`` writes and reads: predictions show only
where they agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

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
