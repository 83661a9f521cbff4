"""What a command says: Chinese lines for people, or one JSON object per line and nothing else."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO, cast

from lianxin.domain.canonical import JsonValue

DONE, REFUSED, WRONG_USE = 0, 1, 2
"""Exit status: done; something was refused or failed a check; wrong usage or environment (cli.md)."""

_WARNING = 0x30
"""MB_ICONWARNING of MessageBoxW."""


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
    """One Chinese sentence with its code on standard error, or in a box where the program has no such thing."""
    words, stream = f"{message}（{code}）", cast("TextIO | None", sys.stderr)
    if stream is not None:
        print(words, file=stream, flush=True)
    elif sys.platform == "win32":
        import ctypes

        # The window's program has no console: what stops it before there is a window would be said to nobody.
        ctypes.windll.user32.MessageBoxW(None, words, "连心", _WARNING)
