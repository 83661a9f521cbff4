"""The most memory this process took beyond what it held, for benches that make their own material first."""

from __future__ import annotations

import sys
from pathlib import Path

_RESET_PEAK = "5"


class MostMemory:
    """Begins to watch when it is made; Linux alone lets a process forget its former peak."""

    def __init__(self) -> None:
        if sys.platform == "linux":
            Path("/proc/self/clear_refs").write_text(_RESET_PEAK, "ascii")
        self._before = _told("VmRSS:")

    def mib(self) -> float:
        """The most beyond that; 0 where the system does not tell."""
        return _told("VmHWM:") - self._before


def _told(what: str) -> float:
    if sys.platform != "linux":
        return 0.0
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    (amount,) = (line.split()[1] for line in lines if line.startswith(what))
    return int(amount) / 1024
