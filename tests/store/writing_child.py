"""Run as a child by the crash test: saves visits for ever and says each one only after it was committed."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.store.desks import reopened, visit


def main(folder: Path, seed: int) -> None:
    """Prints `contact visitor` per acknowledged visit until it is killed."""
    store = reopened(folder, seed=seed)
    number = 0
    while True:
        number += 1
        contact, visitor = visit(store, f"第{number}件：水管破损" + "长" * (number % 97))
        print(contact, visitor, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
