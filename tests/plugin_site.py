"""The sites that tests look at, each built once; and a server that shows one below a sub-path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fcntl import LOCK_EX, flock
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.html_page import Page, read_page

ROOT = Path(__file__).resolve().parent.parent
PUBLIC_URL = "https://example.org/repository"
SUB_PATH = "/repository/"


def build_site(
    output: Path, settings: Path = ROOT / "pelicanconf.py", content: Path = ROOT / "content", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run Pelican as `make site` does. Variables of the environment: PORTAL_DATA, SITEURL, …"""
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings), "-o", str(output)]
    return subprocess.run(
        [*command, "--fatal", "warnings", "--log-handler", "plain"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        cwd=ROOT,
        timeout=300,
    )


def _built_once(factory: pytest.TempPathFactory, name: str, settings: Path, content: Path, **environment: str) -> Path:
    """A site for every process of the run: the one that asks first builds it, and others wait. Not to be changed."""
    base = factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    with folder.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not folder.exists():
            done = build_site(folder, settings, content, **environment)
            if done.returncode:
                shutil.rmtree(folder, ignore_errors=True)
                pytest.fail(f"The site was not built:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}", pytrace=False)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """Path below the folder -> content, of every file."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def listed(faults: Iterable[str], most: int = 40) -> str:
    """Faults one a line, for the message of an assertion that there are none."""
    lines = sorted(faults)
    return "\n".join(["", *lines[:most], f"… {len(lines)} in all" if len(lines) > most else ""])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make site` makes. SITE names one that is built already, for a quick look while writing tests."""
    if ready := os.environ.get("SITE"):
        return Path(ready).resolve()
    return _built_once(tmp_path_factory, "site", ROOT / "pelicanconf.py", ROOT / "content")


@pytest.fixture(scope="session")
def public_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make publish` makes for PUBLIC_URL."""
    return _built_once(tmp_path_factory, "public", ROOT / "publishconf.py", ROOT / "content", SITEURL=PUBLIC_URL)


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the tiny portal as it is."""
    data = ROOT / "tests/data"
    return _built_once(tmp_path_factory, "tiny-site", data / "tinyconf.py", data / "content")


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Path below the site -> page, of every page."""
    return _read_pages(site)


@pytest.fixture(scope="session")
def public_pages(public_site: Path) -> dict[str, Page]:
    """The same of the site for the public."""
    return _read_pages(public_site)


def _read_pages(folder: Path) -> dict[str, Page]:
    files = sorted(folder.rglob("*.html"))
    return {(name := path.relative_to(folder).as_posix()): read_page(name, path.read_text("utf-8")) for path in files}


class SubPathHandler(SimpleHTTPRequestHandler):
    """Serves a folder as GitHub Pages does: below /repository/, with 404.html for what is not there."""

    def translate_path(self, path: str) -> str:
        if not path.startswith(SUB_PATH):
            return str(Path(self.directory) / "outside the sub-path")
        return super().translate_path("/" + path.removeprefix(SUB_PATH))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # every test is a first visit
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _serve(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SubPathHandler, directory=str(folder)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Address of the site on this machine; ends in a slash."""
    yield from _serve(site)
