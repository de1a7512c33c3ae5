"""What a page weighs: its answers on the wire, and its EcoIndex."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ecoindex.compute import get_grade, get_score

if TYPE_CHECKING:
    from playwright.sync_api import Page

KILO = 1000


@dataclass
class Answer:
    """One answer of a server: what it is, and its bytes on the wire, headers included.

    `kind` is a resource type of the DevTools protocol: Document, Stylesheet, Font…
    """

    kind: str
    url: str
    size: float = 0


class Wire:
    """Listens to a page from before it opens; its cache is empty."""

    def __init__(self, page: Page) -> None:
        self._answers: dict[str, Answer] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)

    def _received(self, event: dict) -> None:
        url = event["response"]["url"]
        if urlsplit(url).scheme in {"http", "https"}:
            self._answers[event["requestId"]] = Answer(event["type"], url)

    def _finished(self, event: dict) -> None:
        if event["requestId"] in self._answers:
            self._answers[event["requestId"]].size = event["encodedDataLength"]

    def answers(self) -> list[Answer]:
        """All that came so far, in order."""
        return list(self._answers.values())


def kilobytes(answers: list[Answer], kind: str = "") -> float:
    """The weight of the answers of this kind, or of all, in thousands of bytes."""
    return sum(a.size for a in answers if kind in {"", a.kind}) / KILO


def ecoindex(nodes: int, answers: list[Answer]) -> tuple[float, str]:
    """The score, out of 100, and the grade, from A to G (https://www.ecoindex.fr)."""

    async def both() -> tuple[float, str]:
        score = await get_score(nodes, kilobytes(answers), len(answers))
        return score, await get_grade(score)

    # In a thread: Playwright keeps an event loop running in this one.
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(asyncio.run, both()).result()
