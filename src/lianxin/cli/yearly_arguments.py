"""The words of the commands of a year: 迎检目录 and 填县里的表."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def add_yearly(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """`inspection-folder` and `county-table` with its steps."""
    folder = command("inspection-folder", "迎检目录：一年的台账和文书分盒放好")
    folder.add_argument("--period", required=True)
    folder.add_argument("--to", type=Path, required=True)
    table = command("county-table", "填县里的表：tie 打开空表，show 看各格，fill 填一个时段")
    table.add_argument("step", choices=("tie", "show", "fill"), metavar="步骤")
    table.add_argument("file", type=Path, nargs="?")
    table.add_argument("--set", dest="cells", action="append", default=[], metavar="表!格=指标")
    table.add_argument("--period")
    table.add_argument("--to", type=Path)
