"""Every word the program may show: the text constants of the source, and the resources beside it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_DOCSTRING = re.compile(r'"""(?:.|\n)*?"""')
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_TOGETHER = re.compile(r'"\s*\n\s*f?"')


@cache
def screen_words() -> str:
    """The sources without docstrings and comments, texts that run over lines joined; parsing them costs seconds."""
    sources = sorted((ROOT / "src" / "lianxin").rglob("*.py"))
    resources = sorted((ROOT / "resources").rglob("*.json"))
    told = [text_of(path.read_text("utf-8")) for path in sources]
    return "\n".join([*told, *(path.read_text("utf-8") for path in resources)])


def text_of(source: str) -> str:
    """What is left of a module for people to read."""
    return _TOGETHER.sub("", _COMMENT.sub("", _DOCSTRING.sub("", source)))
