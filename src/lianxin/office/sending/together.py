"""One sending with its continuation files: listed together, copied to a stick together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lianxin.office.desk import Desk
from lianxin.office.sending.delivering import SendingFailed
from lianxin.office.sending.history import SentLine
from lianxin.office.sending.monthly_act import note_copied
from lianxin.office.sending.stick import Copied, copy_to_stick


def with_continuations(line: SentLine, lines: Sequence[SentLine]) -> tuple[SentLine, ...]:
    """The sending and the files with its further attachments, in order."""
    further = [each for each in lines if each.record.follows == line.record.bundle_id]
    return (line, *sorted(further, key=lambda each: each.record.seq))


def copy_together(desk: Desk, lines: Sequence[SentLine], stick: Path) -> tuple[Copied, ...]:
    """Copies all of them, each read back and verified there. Raises SendingFailed; whole copies made before stay."""
    done: list[Copied] = []
    for line in lines:
        if line.path is None:
            raise SendingFailed(
                f"本机没有找到 {line.record.file_name}，没有复制。请再数字签名一次，或从备份找回。", "S206"
            )
        done.append(copy_to_stick(desk, sent=line.record, path=line.path, stick=stick))
    note_copied(desk, lines[0].record.uid, done[0].path)
    return tuple(done)
