"""The words of the commands of a county's review."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def add_review(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """`review` and `returned`."""
    review = command("review", "县人大：核对提示和审核（通过、退回修改、部分接收）")
    review.add_argument("bundle_id")
    result = review.add_mutually_exclusive_group()
    result.add_argument("--pass", dest="passed", action="store_true", help="审核通过")
    result.add_argument("--whole", action="store_true", help="整份退回修改")
    review.add_argument("--words", default="", metavar="意见", help="整份的意见")
    review.add_argument(
        "--return", dest="returned", action="append", default=[], metavar="种类/uid=原因", help="退回这一条"
    )
    command("returned", "退回修改的记录和改报情况")
