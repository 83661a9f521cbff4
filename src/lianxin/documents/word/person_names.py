"""Names of people as they stand in lists on paper: two characters are spaced to three, none is cut in two."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.documents.word.text import across


def even_name(name: str) -> str:
    """王　芳 for 王芳; every other name as it is, so that 吐尔逊·买买提 stays whole."""
    told = name.strip()
    return f"{told[0]}　{told[1]}" if len(told) == 2 else told


def name_lines(names: Sequence[str], width: float) -> list[str]:
    """Names joined by 、 in lines of at most so many characters; a line ends behind a name, never within one."""
    lines: list[str] = []
    for at, name in enumerate(names):
        told = name + ("、" if at + 1 < len(names) else "")
        if lines and across(lines[-1] + told) <= width:
            lines[-1] += told
        else:
            lines.append(told)
    return lines
