"""What a command says: Chinese lines for people, or one JSON object per line and nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from lianxin.domain.canonical import JsonValue

DONE, REFUSED, WRONG_USE = 0, 1, 2
"""Exit status: done; something was refused or failed a check; wrong usage or environment (cli.md)."""


class CommandProblem(Exception):
    """Ends a command with a Chinese sentence and a code on standard error."""

    def __init__(self, message: str, *, code: str = "C200", status: int = WRONG_USE) -> None:
        super().__init__(message)
        self.message, self.code, self.status = message, code, status


@dataclass(frozen=True)
class Voice:
    """Where a command speaks; `as_json` keeps Chinese text off standard output."""

    as_json: bool

    def say(self, text: str) -> None:
        """A line for people; silent in JSON mode."""
        if not self.as_json:
            print(text, flush=True)

    def tell(self, told: Mapping[str, JsonValue], text: str = "") -> None:
        """One object for scripts, or its line for people."""
        if self.as_json:
            print(json.dumps(told, ensure_ascii=False), flush=True)
        elif text:
            print(text, flush=True)


def complain(message: str, code: str) -> None:
    """One Chinese sentence with its code on standard error."""
    print(f"{message}（{code}）", file=sys.stderr, flush=True)
