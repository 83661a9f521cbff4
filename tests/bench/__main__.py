"""`python -m tests.bench [--quick] [--write] [name …]`: every budget of the architecture in one table of ratios.

Bars are ratios to something measured in the same run, or wide absolute times; nothing here is a unit test.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.bench import bundles, checking, ledgers, lists, merging, saving, window
from tests.bench.table import HEADS, Measured, Verdict, line_of, markdown_of

BENCHES = {
    "window": window.measure,
    "lists": lists.measure,
    "million": lists.measure_million,
    "save": saving.measure,
    "ledger": ledgers.measure,
    "bundles": bundles.measure,
    "memory": bundles.measure_largest,
    "merging": merging.measure,
    "check": checking.measure,
}
_ONLY_ASKED = {"million"}
"""Takes minutes to fill."""
_ROOT = Path(__file__).resolve().parents[2]
_RESULTS = _ROOT / "docs" / "benchmarks.md"


def main(arguments: Sequence[str]) -> int:
    """Runs the named benches, without a name all but those that take long; 1 when a bar is broken, 2 for an unknown name."""
    asked = _asked(arguments)
    chosen = [name for name in BENCHES if name in (asked.names or set(BENCHES) - _ONLY_ASKED)]
    found: list[Measured] = []
    print(line_of(HEADS))
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            for measured in BENCHES[name](Path(folder), asked.quick):
                print(line_of(measured.cells), flush=True)
                found.append(measured)
        if asked.write:
            _RESULTS.write_text(_account(found, chosen, quick=asked.quick), "utf-8")
    return 1 if any(measured.verdict is Verdict.OVER for measured in found) else 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"of {' '.join(BENCHES)}; all but million without one"
    )
    parser.add_argument("--quick", action="store_true", help="one repetition of everything")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/benchmarks.md")
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.names) - set(BENCHES))
    if unknown:
        parser.error(f"unknown: {' '.join(unknown)}; there are {' '.join(BENCHES)}")
    return asked


def _account(found: Sequence[Measured], chosen: Sequence[str], *, quick: bool) -> str:
    """The document: on what, when, of which commit, and the table."""
    commit = subprocess.run(
        ["git", "log", "-1", "--format=%h"], cwd=_ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    over = [measured.what for measured in found if measured.verdict is Verdict.OVER]
    load = "not told" if sys.platform == "win32" else f"{os.getloadavg()[0]:.1f}"
    return (
        "# Benchmarks\n\n"
        f"`python3 dev.py bench{' --quick' if quick else ''} --write`, {date.today()}, commit {commit}: "
        f"{', '.join(chosen)}. {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"load at the end {load}, Python {platform.python_version()}.\n\n"
        "A bar is meant for a quiet machine. On one busy with other work the clock tells of the others, so the\n"
        "processor time of the process is beside it, and `by CPU time` says that this alone is within the bar.\n"
        "A forced write to the disk costs no processor time; where one is in both sides, the clock is the fair one.\n\n"
        f"{markdown_of(found)}\n"
        f"Over their bar: {'; '.join(over) or 'none'}.\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
