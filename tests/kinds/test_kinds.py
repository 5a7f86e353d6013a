"""Kinds of error found on releases that nobody here had seen: their examples are read rightly."""

from __future__ import annotations

import pytest

from tests.support.kinds import Example, differences, examples

EXAMPLES = examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["id"] for e in EXAMPLES])
def test_an_example_of_a_kind_is_read_as_its_labels_say(
    example: Example, request: pytest.FixtureRequest
) -> None:
    if "left" in example:  # why it cannot be read rightly
        request.applymarker(pytest.mark.xfail(reason=example["left"], strict=True))
    assert differences(example) == []
