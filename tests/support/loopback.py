"""Servers on this machine alone: a free port, a process that is stopped by who started it, and a
small HTTP client that speaks to 127.0.0.1 and nobody else.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

HOST = "127.0.0.1"
NOWHERE = f"http://{HOST}:9"  # the discard port: whatever a server asks of the network ends here
MOST_REQUESTS = 2_000  # of one client
REQUEST_SECONDS = 60.0
START_SECONDS = 300.0
STOP_SECONDS = 20.0


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def offline(home: Path, **more: str) -> dict[str, str]:
    """An environment with a home folder of its own and no way to the network."""
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), NOWHERE)
    local = dict.fromkeys(("NO_PROXY", "no_proxy"), f"{HOST},localhost")
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "TMPDIR") if key in os.environ}
    return {**kept, "HOME": str(home), **proxies, **local, **more}


@contextmanager
def running(
    command: Sequence[str], log: Path, env: Mapping[str, str], cwd: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own, ended with all its children."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Asks the group to end, then ends it: children may live on when the first of them has gone."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)


class Client:
    """Requests to one server, with its cookies; at most ``MOST_REQUESTS`` of them."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self.root, self.headers, self.sent = f"http://{HOST}:{port}", dict(headers or {}), 0
        self.cookies = CookieJar()
        self._open = build_opener(ProxyHandler({}), HTTPCookieProcessor(self.cookies)).open

    def cookie(self, name: str) -> str | None:
        """The value of a cookie."""
        return next((cookie.value for cookie in self.cookies if cookie.name == name), None)

    def raw(
        self, method: str, path: str, body: bytes | None = None, kind: str = "application/json"
    ) -> bytes:
        """The body of the answer. Raises AssertionError that tells what the server said."""
        self.sent += 1
        assert self.sent <= MOST_REQUESTS, "more requests than a test needs"
        request = Request(self.root + path, data=body, method=method, headers=self.headers)
        if body is not None:
            request.add_header("Content-Type", kind)
        if token := self.cookie("csrftoken"):
            request.add_header("X-CSRFToken", token)
            request.add_header("Referer", self.root)
        try:
            with self._open(request, timeout=REQUEST_SECONDS) as answer:
                return bytes(answer.read())
        except HTTPError as error:
            said = error.read()[:2_000].decode("utf-8", "replace")
            raise AssertionError(f"{method} {path}: {error.code}: {said}") from error

    def json(self, method: str, path: str, body: Any = None) -> Any:
        """The answer as values."""
        sent = None if body is None else json.dumps(body).encode()
        answer = self.raw(method, path, sent)
        return json.loads(answer) if answer else None

    def upload(self, path: str, field: str, file: Path, kind: str = "application/json") -> bytes:
        """Sends a file as a form does."""
        border = uuid.uuid4().hex
        head = (
            f'--{border}\r\nContent-Disposition: form-data; name="{field}"; '
            f'filename="{file.name}"\r\nContent-Type: {kind}\r\n\r\n'
        )
        body = head.encode() + file.read_bytes() + f"\r\n--{border}--\r\n".encode()
        return self.raw("POST", path, body, f"multipart/form-data; boundary={border}")

    def wait(self, path: str, process: subprocess.Popen[bytes], log: Path) -> None:
        """Until the server answers. Raises AssertionError with its last words."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and process.poll() is None:
            try:
                self.raw("GET", path)
                return
            except (AssertionError, URLError, OSError):
                time.sleep(0.5)
        words = log.read_text(encoding="utf-8", errors="replace")[-3_000:]
        raise AssertionError(f"{self.root} did not start: {words}")
