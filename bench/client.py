"""A client that costs next to nothing: raw sockets, one connection a request.

A synchronous worker closes the connection after each answer, and serves nobody before:
an answer has come when its connection ends.
"""

from __future__ import annotations

import gzip
import itertools
import re
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

HOST = "127.0.0.1"
PATIENCE = 60  # seconds
CHUNK = 1 << 18
TOTAL = re.compile(rb'data-total="(\d+)"')
CARD = re.compile(rb'<article class="card"')


class BadAnswer(Exception):
    """A page did not answer as it should: there is nothing to measure."""


@dataclass(frozen=True)
class Answer:
    """What a server sent, and how long it took, in milliseconds."""

    milliseconds: float
    raw: bytes

    @property
    def is_ok(self) -> bool:
        """Whether the page was found and shown."""
        return self.raw[9:12] == b"200"

    @property
    def body(self) -> bytes:
        """The page itself, unpacked."""
        head, _, body = self.raw.partition(b"\r\n\r\n")
        return gzip.decompress(body) if b"Content-Encoding: gzip" in head else body

    @property
    def results(self) -> int:
        """How many rows a listing says that it found; else, how many it shows."""
        page = self.body
        found = TOTAL.search(page)
        return int(found[1]) if found else len(CARD.findall(page))


class Client:
    """Asks one server for pages, as a browser behind a proxy that ends HTTPS."""

    def __init__(self, port: int, *, packed: bool = True) -> None:
        """Ask for compressed pages, or not."""
        self.port = port
        self.asked = 0  # by `load`
        self.encoding = "gzip" if packed else "identity"

    def get(self, path: str) -> Answer:
        """The answer of one page.

        Raises:
            BadAnswer: unless it is the page that was asked for.

        """
        answer = self._exchange(self._request(path))
        if not answer.is_ok:
            status = answer.raw[:60].partition(b"\r\n")[0].decode(errors="replace")
            message = f"{path}\u00a0: {status or 'aucune réponse'}"
            raise BadAnswer(message)
        return answer

    def load(self, paths: Sequence[str], number: int, at_once: int) -> list[float]:
        """Milliseconds of so many requests, so many at once, addresses in turn.

        Raises:
            BadAnswer: as `get` does.

        """
        self.asked += number
        turn = itertools.islice(itertools.cycle(paths), number)
        if at_once == 1:
            return [self.get(path).milliseconds for path in turn]
        with ThreadPoolExecutor(at_once) as pool:
            return [answer.milliseconds for answer in pool.map(self.get, turn)]

    def _request(self, path: str) -> bytes:
        lines = (
            f"GET {path} HTTP/1.1",
            f"Host: {HOST}",
            "Accept: text/html",
            "Accept-Language: fr",
            f"Accept-Encoding: {self.encoding}",
            "X-Forwarded-Proto: https",
            "Connection: close",
        )
        return "\r\n".join((*lines, "", "")).encode()

    def _exchange(self, request: bytes) -> Answer:
        chunks = []
        start = time.perf_counter()
        with socket.socket() as connection:
            connection.settimeout(PATIENCE)
            connection.connect((HOST, self.port))
            connection.sendall(request)
            while chunk := connection.recv(CHUNK):
                chunks.append(chunk)
        elapsed = time.perf_counter() - start
        return Answer(1_000 * elapsed, b"".join(chunks))
