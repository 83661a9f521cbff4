"""The words of `rules` and `holidays`, apart from what they do: the command line is read before the office is loaded."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

MakeCommand = Callable[[str, str], argparse.ArgumentParser]


def add_rules(command: MakeCommand) -> None:
    """The words of both commands."""
    rules = command("rules", "规则库：现在采用的、可以启用的，每一项的数值和依据")
    rules.add_argument("--take", type=Path, metavar="FILE", help="导入一份规则库文件，只看不启用")
    rules.add_argument("--use", metavar="KEY", help="启用这一份规则库；county 是县人大下发的")
    rules.add_argument("--against", metavar="KEY", help="列出这一份与现在采用的不同")
    holidays = command("holidays", "放假安排：已有的年份")
    holidays.add_argument("--take", type=Path, metavar="FILE", help="采用一份放假安排文件")
    holidays.add_argument("--take-county", action="store_true", help="采用县人大下发的")
    holidays.add_argument("--hand-out", type=int, metavar="YEAR", help="县人大：把这一年下发给各乡镇")
