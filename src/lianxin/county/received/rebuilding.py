"""重建数据: everything received made anew from the kept files, and whether the content is the same afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lianxin.office.desk import Desk
from lianxin.office.receiving.taking_back import rebuild
from lianxin.store.check import check

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class RebuiltTold:
    """What a rebuilding came to; `same` says that the content hash did not change, `left_out` names lost files."""

    files: int
    held: int
    same: bool
    content_hash: str
    problems: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def rebuild_told(desk: Desk, *, progress: Progress) -> RebuiltTold:
    """Rebuilds and holds the content against what it was. Raises as `rebuild`; then nothing has changed."""
    progress(0, 0, "记下现在的内容")
    before = check(desk.store).content_hash
    done = rebuild(desk, progress=lambda count, total: progress(count, total, "逐份重新接收"))
    return RebuiltTold(
        done.files, len(done.held), done.content_hash == before, done.content_hash, done.problems,
        tuple(each.file_name for each in done.left_out),
    )  # fmt: skip
