"""What was seen of each page, for all the processes of a run."""

from __future__ import annotations

import fcntl
import pickle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.observing import Observation


class Observations:
    """Observations by name, kept in a folder that several processes may share.

    Each is made once: who asks for it meanwhile waits for it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self._read: dict[str, Observation] = {}

    def get(self, name: str, look: Callable[[], Observation]) -> Observation:
        """What was seen; `look` is called if nobody did."""
        if name not in self._read:
            with (self.folder / name).open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.seek(0)
                if kept := file.read():
                    self._read[name] = pickle.loads(kept)  # noqa: S301 - our own file
                else:
                    self._read[name] = look()
                    file.write(pickle.dumps(self._read[name]))
        return self._read[name]
