"""The words of `handed`, apart from what it does: the command line is read before the office is loaded."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

SUBJECTS = ("categories", "units", "theme", "template", "roster", "rules")


def add_handed(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """`handed` alone lists; one of three options does something."""
    handed = command("handed", "下发资料：县人大列出、下发、收回；乡镇列出、采用")
    act = handed.add_mutually_exclusive_group()
    act.add_argument(
        "--give", choices=SUBJECTS,
        help="县人大：下发意见小类、承办单位、年度主题、文书模板、上级代表名册或规则库",
    )  # fmt: skip
    act.add_argument("--take-back", metavar="KEY", help="县人大：收回这一份")
    act.add_argument("--use", metavar="UID", help="乡镇：采用这一份")
    handed.add_argument("--file", type=Path, help="小类、单位的文字（一行一项），或模板 .docx")
    handed.add_argument("--town", nargs="+", default=[], metavar="区划代码", help="只下发给这些乡镇")
    handed.add_argument("--year", type=int, help="年度主题的年度")
    handed.add_argument("--name", help="年度主题的名称，或文书的名称（template list 列出）")
