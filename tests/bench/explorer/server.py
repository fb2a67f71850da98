"""A static host: HTTP/2 over TLS, everything gzipped, the more urgent answer first. Knows what was asked for."""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import ConnectionTerminated, RequestReceived, StreamReset
from h2.exceptions import ProtocolError

FRAME = 16_384
BUFFER = 32_768  # octets that wait in the server; more would let a small urgent answer stand behind a large one
USUAL = 3  # urgency of a request that states none, RFC 9218
KEPT = "max-age=600"  # as GitHub Pages says of everything


@dataclass(slots=True)
class Answer:
    """What is still to be sent on a stream."""

    urgency: int
    body: bytes
    sent: int = 0


class Host:
    """Folders below prefixes of the path, the longest prefix first."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self.folders = dict(sorted(folders.items(), key=lambda item: -len(item[0])))
        self.asked: list[tuple[str, int]] = []  # path, octets of the body as sent

    def read(self, path: str) -> tuple[int, str, bytes]:
        """Status, type and gzipped content."""
        name = unquote(urlsplit(path).path)
        for prefix, folder in self.folders.items():
            file = folder / name.removeprefix(prefix)
            if name.startswith(prefix) and ".." not in name and file.is_file():
                body = _gzipped(file)
                self.asked.append((name, len(body)))
                return 200, mimetypes.guess_type(name)[0] or "application/octet-stream", body
        self.asked.append((name, 0))
        return 404, "text/plain", gzip.compress(b"not here")


class Connection(asyncio.Protocol):
    """One connection of a browser."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.http = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self.answers: dict[int, Answer] = {}
        self.full = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.set_write_buffer_limits(high=BUFFER)
        self.http.initiate_connection()
        self._flush()

    def data_received(self, data: bytes) -> None:
        try:
            for event in self.http.receive_data(data):
                if isinstance(event, RequestReceived):
                    self._answer(event)
                elif isinstance(event, StreamReset):
                    self.answers.pop(event.stream_id or 0, None)
                elif isinstance(event, ConnectionTerminated):
                    self.transport.close()
                    return
        except ProtocolError:
            self.transport.close()
            return
        self._send()

    def pause_writing(self) -> None:
        self.full = True

    def resume_writing(self) -> None:
        self.full = False
        self._send()

    def _answer(self, request: RequestReceived) -> None:
        stream = request.stream_id or 0
        told = {str(name): str(value) for name, value in request.headers or []}
        status, kind, body = self.host.read(told[":path"])
        headers = {":status": str(status), "content-type": f"{kind}; charset=utf-8", "content-encoding": "gzip"}
        self.http.send_headers(stream, [*headers.items(), ("content-length", str(len(body))), ("cache-control", KEPT)])
        urgency = re.search(r"u=(\d)", told.get("priority", ""))
        self.answers[stream] = Answer(int(urgency[1]) if urgency else USUAL, body)

    def _send(self) -> None:
        """Send what may be sent: the most urgent answer, of two as urgent the one that was asked for first."""
        self._flush()
        while not self.full and self.answers:
            ready = [stream for stream in self.answers if self.http.local_flow_control_window(stream) > 0]
            if not ready:
                return
            stream = min(ready, key=lambda one: (self.answers[one].urgency, one))
            answer = self.answers[stream]
            size = min(self.http.local_flow_control_window(stream), FRAME, len(answer.body) - answer.sent)
            last = answer.sent + size == len(answer.body)
            self.http.send_data(stream, answer.body[answer.sent : answer.sent + size], end_stream=last)
            answer.sent += size
            if last:
                del self.answers[stream]
            self._flush()

    def _flush(self) -> None:
        if data := self.http.data_to_send():
            self.transport.write(data)


@lru_cache(4_096)
def _gzipped(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6, mtime=0)
