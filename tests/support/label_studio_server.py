"""The real Label Studio, started on the loopback, and what a person does with it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from loopback import HOST, Client, free_port, offline, running

USER, PASSWORD = "admin@example.org", "secret-one"
TOKEN = "0123456789abcdef0123456789abcdef01234567"  # of a server that lives for one test run


class LabelStudio:
    """One person's way into the server; the first account has a token."""

    def __init__(self, port: int, client: Client | None = None) -> None:
        self.port = port
        self.client = client or Client(port, {"Authorization": f"Token {TOKEN}"})

    def person(self, email: str) -> LabelStudio:
        """Another person, who signs up as people do, with a form."""
        client = Client(self.port)
        client.raw("GET", "/user/signup/")
        form = {"email": email, "password": "secret-two", "how_find_us": "other"}
        form["csrfmiddlewaretoken"] = client.cookie("csrftoken") or ""
        kind = "application/x-www-form-urlencoded"
        client.raw("POST", "/user/signup/", urlencode(form).encode(), kind)
        return LabelStudio(self.port, client)

    def project(self, interface: str) -> int:
        """A new project with this labelling interface."""
        made = self.client.json(
            "POST",
            "/api/projects",
            {"title": f"test {time.monotonic_ns()}"[:50], "label_config": interface},
        )
        return int(made["id"])

    def load(self, project: int, file: Path) -> dict[str, Any]:
        """Imports a file; what the server says of it."""
        answer = self.client.upload(f"/api/projects/{project}/import", "file", file)
        return dict(json.loads(answer))

    def formats(self, project: int) -> list[str]:
        """The formats that the export offers."""
        found = self.client.json("GET", f"/api/projects/{project}/export/formats")
        return [one["name"] for one in found if not one.get("disabled")]

    def export(self, project: int, folder: Path, form: str, *, every: bool = True) -> Path:
        """An export as a file; ``every`` takes tasks along that nobody annotated."""
        folder.mkdir(parents=True, exist_ok=True)
        query = f"exportType={form}&download_all_tasks={str(every).lower()}"
        ending = {"CSV": "csv", "TSV": "tsv", "CONLL2003": "conll"}.get(form, "json")
        path = folder / f"{form.lower()}.{ending}"
        path.write_bytes(self.client.raw("GET", f"/api/projects/{project}/export?{query}"))
        return path

    def tasks(self, project: int) -> list[dict[str, Any]]:
        """All tasks in their order, with annotations."""
        found = self.client.json(
            "GET", f"/api/tasks?project={project}&page=1&page_size=1000&fields=all"
        )
        return sorted(found["tasks"], key=lambda task: int(task["id"]))

    def annotate(self, task: int, result: Sequence[Any], **more: Any) -> dict[str, Any]:
        """A new annotation of a task."""
        body = {"result": list(result), "lead_time": 1.5, **more}
        return dict(self.client.json("POST", f"/api/tasks/{task}/annotations/", body))

    def correct(self, annotation: int, result: Sequence[Any]) -> dict[str, Any]:
        """Changes an annotation."""
        return dict(
            self.client.json("PATCH", f"/api/annotations/{annotation}/", {"result": list(result)})
        )


@contextmanager
def label_studio(python: Path, home: Path) -> Iterator[LabelStudio]:
    """The server; ``python`` is that of its virtual environment."""
    home.mkdir(parents=True, exist_ok=True)
    env = offline(
        home,
        LABEL_STUDIO_BASE_DATA_DIR=str(home),
        LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN="true",
        LATEST_VERSION_CHECK="false",
        COLLECT_ANALYTICS="false",
        FEATURE_FLAGS_OFFLINE="true",
        SENTRY_DSN="",
        FRONTEND_SENTRY_DSN="",
    )
    port, log = free_port(), home / "web.log"
    account = ["--username", USER, "--password", PASSWORD, "--user-token", TOKEN]
    command = [str(python.with_name("label-studio")), "start", "--no-browser", "--port", str(port)]
    command += ["--internal-host", HOST, "--data-dir", str(home), "--enable-legacy-api-token"]
    with running([*command, *account], log, env) as process:
        Client(port).wait("/health", process, log)
        yield LabelStudio(port)
