"""Read a file of lines from chunks: split at LF and nowhere else, no line beyond its limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lianxin.bundle.codes import Code
from lianxin.bundle.verdicts import Refused


def bad_line(what: str, number: int, why: str = "") -> Refused:
    """Make the refusal of one line (E604): which file in Chinese, which line, and why."""
    place = f"{what}第{number}行" if number else what
    return Refused(Code.BAD_ENTRY, f"{place}，{why}" if why else place)


def strict_lines(chunks: Iterable[bytes], *, what: str, longest: int, most: int) -> Iterator[bytes]:
    """Yield lines without their LF. Raises Refused (E604) for a line too long, too many, or a last one cut off."""
    kept: list[bytes] = []
    size = number = 0
    for chunk in chunks:
        parts = chunk.split(b"\n")
        for part in parts[:-1]:
            number += 1
            if size + len(part) > longest or number > most:
                raise bad_line(what, number, "太长" if number <= most else "太多")
            yield b"".join((*kept, part)) if kept else part
            kept, size = [], 0
        if parts[-1]:
            kept.append(parts[-1])
            size += len(parts[-1])
            if size > longest:
                raise bad_line(what, number + 1, "太长")
    if kept:
        raise bad_line(what, number + 1, "不完整")
