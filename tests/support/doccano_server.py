"""The real doccano, started on the loopback, and what a person does with it."""

from __future__ import annotations

import io
import json
import subprocess
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from loopback import HOST, Client, free_port, offline, running

USER, PASSWORD = "admin", "secret-one"
SPANS, CLASSES = "SequenceLabeling", "DocumentClassification"
BOTH = "IntentDetectionAndSlotFilling"
TASK_SECONDS = 60.0


class Doccano:
    """One person's way into the server."""

    def __init__(self, port: int, user: str = USER, password: str = PASSWORD) -> None:
        self.port, self.client = port, Client(port)
        self.client.json("POST", "/v1/auth/login/", {"username": user, "password": password})

    def person(self, name: str, project: int, role: str = "annotator") -> Doccano:
        """Another person, made and put into the project."""
        secret = {"password1": "secret-two", "password2": "secret-two"}
        made = self.client.json("POST", "/v1/users/create", {"username": name, **secret})
        roles = {one["name"]: one["id"] for one in self.client.json("GET", "/v1/roles")}
        self.client.json(
            "POST", f"/v1/projects/{project}/members", {"user": made["id"], "role": roles[role]}
        )
        return Doccano(self.port, name, "secret-two")

    def project(self, kind: str, *, overlaps: bool = True, shared: bool = True) -> int:
        """A new project; ``shared`` lets all people work on the same labels."""
        made = self.client.json(
            "POST",
            "/v1/projects",
            {
                "name": f"{kind} {time.monotonic_ns()}",
                "description": "as a test",
                "project_type": kind,
                "resourcetype": f"{kind}Project"
                if kind != CLASSES
                else "TextClassificationProject",
                "guideline": "",
                "random_order": False,
                "collaborative_annotation": shared,
                "single_class_classification": False,
                "allow_overlapping": overlaps,
                "grapheme_mode": False,
                "use_relation": False,
                "tags": [],
            },
        )
        return int(made["id"])

    def load(self, project: int, file: Path, form: str = "JSONL", **options: str) -> list[Any]:
        """Imports a file; what doccano found wrong with it."""
        upload = self.client.upload("/v1/fp/process/", "filepond", file).decode()
        kind = self.client.json("GET", f"/v1/projects/{project}")["project_type"]
        given = {"column_data": "text", "column_label": "label", "encoding": "utf_8", **options}
        body = {"format": form, "task": kind, "uploadIds": [upload], **given}
        started = self.client.json("POST", f"/v1/projects/{project}/upload", body)
        done = self._done(started["task_id"])
        return list((done.get("result") or {}).get("error", [])) + (
            [done["error"]] if done.get("error") else []
        )

    def _done(self, task: str) -> dict[str, Any]:
        end = time.monotonic() + TASK_SECONDS
        while time.monotonic() < end:
            state: dict[str, Any] = self.client.json("GET", f"/v1/tasks/status/{task}")
            if state["ready"]:
                return state
            time.sleep(0.2)
        raise AssertionError(f"doccano did not finish task {task}")

    def formats(self, project: int) -> list[str]:
        """The formats that doccano offers to export."""
        found = self.client.json("GET", f"/v1/projects/{project}/download-format")
        return [one["name"] for one in found]

    def export(
        self, project: int, folder: Path, form: str = "JSONL", *, approved: bool = False
    ) -> list[Path]:
        """The files of an export, unpacked."""
        started = self.client.json(
            "POST",
            f"/v1/projects/{project}/download",
            {"format": form, "exportApproved": approved},
        )
        self._done(started["task_id"])
        packed = self.client.raw(
            "GET", f"/v1/projects/{project}/download?taskId={started['task_id']}"
        )
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(folder)
            return sorted(folder / name for name in archive.namelist() if not name.endswith("/"))

    def examples(self, project: int) -> list[dict[str, Any]]:
        """All examples in their order."""
        found = self.client.json("GET", f"/v1/projects/{project}/examples?limit=1000&offset=0")
        return list(found["results"])

    def spans(self, project: int, example: int) -> list[dict[str, Any]]:
        """The spans of an example that this person sees."""
        return list(self.client.json("GET", f"/v1/projects/{project}/examples/{example}/spans"))

    def types(self, project: int, what: str) -> dict[str, int]:
        """Labels by name; ``what`` is span or category."""
        found = self.client.json("GET", f"/v1/projects/{project}/{what}-types")
        return {one["text"]: one["id"] for one in found}

    def mark(self, project: int, example: int, start: int, end: int, label: str) -> Any:
        """Marks a span."""
        body = {
            "start_offset": start,
            "end_offset": end,
            "label": self.types(project, "span")[label],
        }
        return self.client.json("POST", f"/v1/projects/{project}/examples/{example}/spans", body)

    def unmark(self, project: int, example: int, span: int) -> None:
        """Takes a span away."""
        self.client.raw("DELETE", f"/v1/projects/{project}/examples/{example}/spans/{span}")

    def choose(self, project: int, example: int, label: str) -> Any:
        """Gives a class."""
        body = {"label": self.types(project, "category")[label]}
        path = f"/v1/projects/{project}/examples/{example}/categories"
        return self.client.json("POST", path, body)

    def unchoose(self, project: int, example: int) -> None:
        """Takes all classes away."""
        path = f"/v1/projects/{project}/examples/{example}/categories"
        for given in self.client.json("GET", path):
            self.client.raw("DELETE", f"{path}/{given['id']}")

    def add_type(self, project: int, what: str, label: str) -> None:
        """A new label."""
        body = {"text": label, "prefix_key": None, "suffix_key": None, "background_color": "#fff"}
        self.client.json("POST", f"/v1/projects/{project}/{what}-types", body)

    def approve(self, project: int, example: int) -> None:
        """Says that an example is done."""
        self.client.json("POST", f"/v1/projects/{project}/examples/{example}/states", {})


@contextmanager
def doccano(python: Path, home: Path) -> Iterator[Doccano]:
    """The server with its queue; ``python`` is that of its virtual environment.

    ``doccano webserver`` listens on all interfaces, so its application is run by gunicorn here.
    """
    home.mkdir(parents=True, exist_ok=True)
    env = offline(
        home,
        DOCCANO_HOME=str(home),
        STANDALONE="True",
        DJANGO_SETTINGS_MODULE="config.settings.production",
        DATABASE_URL=f"sqlite:///{home / 'db.sqlite3'}",
        MEDIA_ROOT=str(home / "media"),
    )
    script = python.with_name("doccano")
    account = ("--username", USER, "--password", PASSWORD, "--email", "admin@example.org")
    for command in (("init",), ("createuser", *account)):
        subprocess.run([script, *command], check=True, env=env, capture_output=True, timeout=300)
    where = "import backend.cli, pathlib; print(pathlib.Path(backend.cli.__file__).parent)"
    found = subprocess.run([python, "-c", where], check=True, env=env, capture_output=True)
    backend, port = Path(found.stdout.decode().strip().splitlines()[-1]), free_port()
    web = [str(python), "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--threads", "2"]
    log = home / "web.log"
    with (
        running([*web, "config.wsgi"], log, env, backend) as process,
        running([str(script), "task", "--concurrency", "1"], home / "task.log", env),
    ):
        Client(port).wait("/v1/health/", process, log)
        yield Doccano(port)


def rows(path: Path) -> list[Mapping[str, Any]]:
    """The lines of an export as values."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
