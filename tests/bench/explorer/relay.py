"""A slow network before a server: 1.6 Mbit/s each way for all connections together, 150 ms there and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

RATE = 1_600_000 / 8  # octets a second
DELAY = 0.075  # seconds from one end to the other
PIECE = 4_380  # octets: three packets
QUEUE = 0.1  # seconds that octets may wait at the slow place; then the sender has to


@dataclass(slots=True)
class Way:
    """One direction, shared by all connections."""

    free: float = 0.0  # when the last octet so far will have left
    octets: int = 0

    def leaves(self, now: float, size: int) -> float:
        """When these octets will have left the slow place."""
        self.free = max(self.free, now) + size / RATE
        self.octets += size
        return self.free


@dataclass
class Relay:
    """Carries connections to a port of this machine."""

    port: int
    down: Way = field(default_factory=Way)
    up: Way = field(default_factory=Way)
    connections: int = 0
    carrying: set[asyncio.Task[None]] = field(default_factory=set)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection. Called as asyncio.start_server() calls."""
        self.connections += 1
        there, back = await asyncio.open_connection("127.0.0.1", self.port, limit=PIECE)
        # The connection was taken at once; the slow one would have taken this long until its first octet could leave.
        opened = asyncio.get_running_loop().time() + 2 * DELAY
        for source, target, way, first in ((reader, back, self.up, opened), (there, writer, self.down, 0.0)):
            task = asyncio.create_task(_carry(source, target, way, first))
            self.carrying.add(task)
            task.add_done_callback(self.carrying.discard)


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter, way: Way, first: float) -> None:
    now = asyncio.get_running_loop().time
    pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    delivering = asyncio.create_task(_deliver(pieces, target, now))
    try:
        while piece := await source.read(PIECE):
            leaves = way.leaves(max(now(), first), len(piece))
            pieces.put_nowait((leaves + DELAY, piece))
            if (waiting := leaves - now() - QUEUE) > 0:
                await asyncio.sleep(waiting)
    except OSError:
        pass  # the other end is gone, as when a tab is closed
    finally:
        pieces.put_nowait((now() + DELAY, b""))
        await delivering


async def _deliver(
    pieces: asyncio.Queue[tuple[float, bytes]], target: asyncio.StreamWriter, now: Callable[[], float]
) -> None:
    try:
        while True:
            at, piece = await pieces.get()
            if (waiting := at - now()) > 0:
                await asyncio.sleep(waiting)
            if not piece:
                break
            target.write(piece)
            await target.drain()
    except OSError:
        pass
    finally:
        target.close()
