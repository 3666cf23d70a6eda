"""`site`: build, serve the site on this machine, and build again whenever something changes."""

from __future__ import annotations

import gc
import os
import threading
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from campaign.build.project import Project
from campaign.commands import MENDABLE, OK, build, complain, report_fault, say

HOST = "127.0.0.1"


def run(project: Project, port: str = "8000") -> int:
    """Serve until interrupted. A build that fails leaves the last good site, and is tried again on the next change."""
    try:
        server = _Server((HOST, int(port)), partial(PageHandler, directory=str(project.output)))
    except (OSError, OverflowError, ValueError) as error:
        complain(_port_problem(port, error))
        return MENDABLE
    _build(project)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(
        f"Preview: http://{HOST}:{server.server_port}/ - it follows what you change. Ctrl-C ends it."
    )
    watched = [project.content, project.theme, project.settings(publish=False)]
    with suppress(KeyboardInterrupt):
        for _ in watch(*(path for path in watched if path.exists())):
            _build(project)
    server.shutdown()
    say("Stopped.")
    return OK


def _build(project: Project) -> None:
    """Build; whatever goes wrong is printed, and the preview goes on."""
    try:
        build.run(project)
    except Exception as error:  # noqa: BLE001 (a fault of this build is mended by the next)
        report_fault(error)
    # A preview is open for long, and no command looks for garbage by itself.
    gc.collect()


def _port_problem(port: str, error: Exception) -> str:
    """Return why a port cannot be had, and what to type instead."""
    if isinstance(error, (OverflowError, ValueError)):
        return f"There is no port {port}; name one from 1024 to 65535: invoke site --port 8000"
    if isinstance(error, PermissionError):
        return (
            f"Port {port} is the system's own; name one from 1024 to 65535: invoke site --port 8000"
        )
    return f"Port {port} is taken; end the other preview, or name another port: invoke site --port {int(port) + 1}"


class _Server(ThreadingHTTPServer):
    """On Windows alone, an address that is "reused" could be another preview's at the same time."""

    allow_reuse_address = os.name == "posix"


class PageHandler(SimpleHTTPRequestHandler):
    """Serves files as GitHub Pages does, its own page for what is not there among them."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():  # noqa: PLR2004 (Not Found)
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """A folder without a page of its own is not there, as on the web."""
        del path
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Stay quiet: what matters on this screen is what is wrong with the content."""
