"""Servers that tests start are ended with all their children."""

from __future__ import annotations

import os
import time
from pathlib import Path

import loopback
from loopback import running

PAUSE = 0.2  # seconds; a child that lives writes every 0.02 seconds


def test_a_child_that_does_not_end_when_asked_ends_with_the_group(tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = "(trap '' TERM; while :; do echo x; sleep 0.02; done) & wait"
    with running(["sh", "-c", child], log, {"PATH": os.environ["PATH"]}) as process:
        end = time.monotonic() + loopback.STOP_SECONDS
        while not log.stat().st_size and time.monotonic() < end:
            time.sleep(0.01)
    assert process.returncode == -15  # SIGTERM was enough for the first
    written = log.stat().st_size
    assert written
    time.sleep(PAUSE)
    assert log.stat().st_size == written


def test_a_process_that_has_gone_by_itself_is_no_error(tmp_path: Path) -> None:
    with running(["true"], tmp_path / "log", {"PATH": os.environ["PATH"]}) as process:
        process.wait(loopback.STOP_SECONDS)
    assert process.returncode == 0
