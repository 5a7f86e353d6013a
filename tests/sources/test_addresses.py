"""Of a web address the host alone is read."""

from __future__ import annotations

import pytest

from eventrisk.sources.addresses import without_paths


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("See https://x.example/a/zorvanib.html.", "See https://x.example."),
        ("See www.x.example/zorvanib?q=1 now", "See www.x.example now"),
        ("(https://x.example/a-b)", "(https://x.example)"),
        ("at x.example.com/zorvanib-asthma today", "at x.example.com today"),
        ("zorvanib-in-asthma.html was saved", " was saved"),
        ("visit www.x.example.", "visit www.x.example."),
        ("Ceplene/IL-2 and 10/20 mg", "Ceplene/IL-2 and 10/20 mg"),
        ("write to jan@x.example", "write to jan@x.example"),
    ],
)
def test_the_path_is_left_out(raw: str, left: str) -> None:
    assert without_paths(raw).text == left
