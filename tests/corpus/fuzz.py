"""`python -m tests.corpus.fuzz [count] [first]`: thousands of mutations, none accepted with other content.

For each also one that an insider with the right key could make: whatever the verdict, the program stands.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.corpus.mutations import accepted_with_other_content, insider, spoiled, survived


def main(count: int, first: int) -> int:
    """Judge that many mutations; the exit code is 1 when one passes or breaks the program, and its number is told."""
    ways: Counter[str] = Counter()
    bad, begun = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "收到.zip"
        for seed in range(first, first + count):
            file = spoiled(seed)
            ways[file.how] += 1
            try:
                wrong = accepted_with_other_content(path, file)
                survived(path, insider(seed))
            except Exception as surprise:
                wrong = True
                print(f"{seed} {file.source} {file.how}: {surprise!r}")
            if wrong:
                bad += 1
                print(f"{seed} {file.source} {file.how}: accepted or broken")
    print(f"{count} in {time.monotonic() - begun:.1f} s: {dict(ways)}; bad: {bad}")
    return 1 if bad else 0


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]]
    sys.exit(main(words[0] if words else 5_000, words[1] if len(words) > 1 else 0))
