"""The static host and the slow network before it, in a thread of their own."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.explorer.certificate import HOST, flag_of_trust, make_certificate, server_context
from tests.bench.explorer.relay import Relay
from tests.bench.explorer.server import Connection, Host


@dataclass(slots=True)
class Network:
    """What a browser needs to go there, and what has passed since the start."""

    host: Host
    relay: Relay
    home: str  # address, ends with a slash
    flag: str  # for Chromium

    def passed(self) -> tuple[int, int]:
        """Requests, and octets that came down, all of TLS and HTTP included."""
        return len(self.host.asked), self.relay.down.octets


@contextmanager
def slow_network(folders: Mapping[str, Path]) -> Iterator[Network]:
    """Serve folders, each below a prefix of the path such as "/" or "/explore/"."""
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = make_certificate(Path(folder))
        loop = asyncio.new_event_loop()
        host = Host(folders)

        async def start() -> tuple[Relay, int]:
            context = server_context(certificate, key)
            server = await loop.create_server(lambda: Connection(host), "127.0.0.1", 0, ssl=context)
            relay = Relay(server.sockets[0].getsockname()[1])
            slow = await asyncio.start_server(relay.carry, HOST, 0)
            return relay, slow.sockets[0].getsockname()[1]

        relay, port = loop.run_until_complete(start())
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        try:
            yield Network(host, relay, f"https://{HOST}:{port}/", flag_of_trust(certificate))
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.run_until_complete(_end_all())
            loop.close()


async def _end_all() -> None:
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
