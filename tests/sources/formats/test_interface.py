"""The labelling interface for Label Studio is well-formed whatever the labels are called."""

from __future__ import annotations

from xml.etree import ElementTree

from eventrisk.sources.formats.interface import interface

ODD = 'a "b" <c> & d\n'


def test_labels_are_attributes_and_cannot_break_out_of_them() -> None:
    root = ElementTree.fromstring(interface({"entities": [ODD], "tone": ["calm"]}))
    assert [element.get("value") for element in root.iter("Label")] == [ODD]
    assert [element.get("name") for element in root.iter("Choices")] == ["tone"]


def test_what_has_no_labels_has_no_control() -> None:
    root = ElementTree.fromstring(interface({"entities": (), "sentiment": ("up", "down")}))
    assert not list(root.iter("Labels"))
    assert [(element.get("name"), element.get("choice")) for element in root.iter("Choices")] == [
        ("sentiment", "single")
    ]
