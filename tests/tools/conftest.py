"""The real tools, each started once, on the loopback, in an environment of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from doccano_server import Doccano, doccano
from label_studio_server import LabelStudio, label_studio
from tool_environments import environment


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabelStudio]:
    with label_studio(environment("label-studio"), tmp_path_factory.mktemp("studio")) as server:
        yield server


@pytest.fixture(scope="session")
def dock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doccano]:
    with doccano(environment("doccano"), tmp_path_factory.mktemp("doccano")) as server:
        yield server


@pytest.fixture(scope="session")
def nervaluate() -> Path:
    return environment("nervaluate")
