"""`python -m tests.county_year DIR [--townships N] [--months N] [--until 2026-11] [--seed N] [--small]`."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from tests.county_year.homes import PASSPHRASE
from tests.county_year.last_month import make_county
from tests.county_year.sample_county import Wanted
from tests.county_year.town_year import ORDINARY, SMALL


def main(arguments: list[str]) -> int:
    """Makes the county and says where what is."""
    parser = argparse.ArgumentParser(prog="dev.py county", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--townships", type=int, default=24)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--until", type=_month, default=date(2026, 11, 1))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true", help="little work in each township")
    told = parser.parse_args(arguments)
    if told.folder.exists() and any(told.folder.iterdir()):
        print(f"{told.folder} is not empty", file=sys.stderr)
        return 2
    start = time.perf_counter()
    asked = Wanted(told.townships, told.months, told.until, told.seed, SMALL if told.small else ORDINARY)
    left = make_county(told.folder, asked)
    took = time.perf_counter() - start
    print(
        f"county     {told.folder / 'county'}\ntownships  {told.folder / 'townships'}\nstick      {told.folder / 'U盘'}"
    )
    print(f"passphrase {PASSPHRASE}\nclock      {left.isoformat()}\nmade in    {took:.0f} s")
    return 0


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
