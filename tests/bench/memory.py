"""The most memory this process held since a moment, for benches that make their own material first."""

from __future__ import annotations

import sys
from pathlib import Path

_RESET_PEAK = "5"


class MostMemory:
    """Begins to watch when it is made; Linux alone lets a process forget its former peak."""

    def __init__(self) -> None:
        if sys.platform == "linux":
            Path("/proc/self/clear_refs").write_text(_RESET_PEAK, "ascii")

    def mib(self) -> float:
        """The most since then; 0 where the system does not tell."""
        if sys.platform != "linux":
            return 0.0
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
        return int(peak) / 1024
