"""`python -m tests.bench [name …]`: measures the budgets of the architecture and prints a table of ratios.

Bars are ratios to something measured in the same run, or wide absolute times; nothing here is a unit test.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import bundles, checking, lists, merging, saving, window
from tests.bench.table import Measured, line_of

BENCHES = {
    "save": saving.measure,
    "lists": lists.measure,
    "check": checking.measure,
    "bundles": bundles.measure,
    "merging": merging.measure,
    "window": window.measure,
}


def main(names: list[str]) -> int:
    """Runs the named benches, all without a name; the exit code is 1 when a bar is broken, 2 for an unknown name."""
    unknown = sorted(set(names) - set(BENCHES))
    if unknown:
        print(f"unknown: {' '.join(unknown)}; there are {' '.join(BENCHES)}", file=sys.stderr)
        return 2
    found: list[Measured] = []
    print(line_of(None))
    for name, measure in BENCHES.items():
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for measured in measure(Path(folder)):
                print(line_of(measured), flush=True)
                found.append(measured)
    return 0 if all(measured.good for measured in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
