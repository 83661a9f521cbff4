"""The kinds of record a command may name."""

from __future__ import annotations

from lianxin.cli.saying import CommandProblem
from lianxin.domain.dictionary import kind_named


def require_kind(name: str) -> str:
    """A kind the dictionary holds, or `deputies`. Raises CommandProblem."""
    if name in ("deputy", "deputies"):
        return name
    try:
        return kind_named(name).KIND
    except KeyError as unknown:
        raise CommandProblem(f"没有“{name}”这类记录，用 dictionary 查看有哪些", code="C204") from unknown
