"""`python -m tests.corpus`: writes the corpus anew into its folders; equal code gives equal bytes."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.corpus.shelves import FOLDER, write

if __name__ == "__main__":
    written = write(FOLDER if len(sys.argv) < 2 else Path(sys.argv[1]))
    print(f"{len(written)} files, {sum(written.values()) // 1024} KiB")
