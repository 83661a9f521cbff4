"""Read a file of lines from chunks: split at LF and nowhere else, no line beyond its limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lianxin.bundle.codes import Code
from lianxin.bundle.verdicts import Refused


def bad_line(what: str, number: int, why: str = "") -> Refused:
    """Make the refusal of one line (E604): which file in Chinese, which line, and why."""
    place = f"{what}第{number}行" if number else what
    return Refused(Code.BAD_ENTRY, f"{place}，{why}" if why else place)


def strict_blocks(
    chunks: Iterable[bytes], *, what: str, longest: int, most: int
) -> Iterator[tuple[int, list[bytes], bytes]]:
    """Yield some whole lines at a time: how many came before, the lines without their LF, the same as one block.

    Raises Refused (E604) for a line too long, too many, or a last one cut off.
    """
    kept: list[bytes] = []
    size = number = 0
    for chunk in chunks:
        cut = chunk.rfind(b"\n") + 1
        if cut:
            block = b"".join((*kept, chunk[:cut]))
            lines = block[:-1].split(b"\n")
            _check_sizes(lines, len(block), number, what=what, longest=longest, most=most)
            yield number, lines, block
            number += len(lines)
            kept, size = [], 0
        if cut < len(chunk):
            kept.append(chunk[cut:])
            size += len(chunk) - cut
            if size > longest:
                raise bad_line(what, number + 1, "太长")
    if kept:
        raise bad_line(what, number + 1, "不完整")


def _check_sizes(lines: list[bytes], size: int, before: int, *, what: str, longest: int, most: int) -> None:
    if size > longest:
        for number, line in enumerate(lines, before + 1):
            if len(line) > longest:
                raise bad_line(what, number, "太长")
    if before + len(lines) > most:
        raise bad_line(what, most + 1, "太多")
