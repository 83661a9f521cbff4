"""年度定稿: a paper made final is kept as PDF with its SHA-256; one made anew later says what differs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from lianxin.domain.records import FinalSheet
from lianxin.domain.scoring.performance import changed_lines
from lianxin.office.attaching import attach, attachments_of, content_of, private_copy
from lianxin.office.desk import Desk
from lianxin.store.blobs import blobs_of
from lianxin.store.reading import Condition, Reading
from lianxin.store.writing import Change

FILE, SCORES = "履职档案", "履职积分"
MOST_CONTENT = 60_000


@dataclass(frozen=True)
class Final:
    """What is made final: the paper, its name, the lines it says, and whose it is."""

    sheet: FinalSheet
    name: str
    pdf: bytes
    lines: Sequence[str]


class FinalProblem(Exception):
    """Nothing was made final; the message is a Chinese sentence."""


def make_final(desk: Desk, final: Final) -> tuple[FinalSheet, tuple[Change, ...]]:
    """Keeps the PDF with the record that tells its hash. Raises FinalProblem, OSError when the disk is full."""
    content = "\n".join(final.lines)
    if len(content) > MOST_CONTENT:
        raise FinalProblem(f"{final.name}太长，没有定稿，请分级、分对象定稿")
    sheet = replace(final.sheet, content=content, digest=sha256(final.pdf).hexdigest(), day=desk.today())
    with desk.store.writing(reason=f"{sheet.what}定稿") as writing:
        writing.put(sheet)
        changes = tuple(writing.changes)
    copy = private_copy(desk, final.name, [final.pdf])
    try:
        kept = attach(desk, kind=FinalSheet.KIND, uid=sheet.uid, files=[copy], caption="定稿")
    finally:
        shutil.rmtree(copy.parent, ignore_errors=True)
    if not kept.attachments:
        with desk.store.writing(reason="定稿没有完成") as writing:
            writing.remove(FinalSheet, sheet.uid)
        told = "；".join(one.message for one in kept.refused)
        raise FinalProblem(f"{final.name}没有存下来，没有定稿：{told}")
    return sheet, (*changes, *kept.changes)


def finals(
    reading: Reading, what: str, year: int, *, person: str | None = None, level: str | None = None,
    rule: str | None = None,
) -> list[FinalSheet]:  # fmt: skip
    """What was made final of a year, the latest first."""
    asked = [Condition("what", "=", what), Condition("year", "=", year)]
    asked += [Condition("person", "=", person)] if person else []
    asked += [Condition("level", "=", level)] if level else []
    asked += [Condition("rule", "=", rule)] if rule else []
    return sorted(reading.all(FinalSheet, *asked), key=lambda one: (one.day, one.uid), reverse=True)


def differences(sheet: FinalSheet, now: Sequence[str]) -> tuple[str, ...]:
    """What records say otherwise than when the sheet was made final; nothing when they say the same."""
    return changed_lines((sheet.content or "").split("\n"), now)


def final_paper(desk: Desk, sheet: FinalSheet) -> bytes:
    """The PDF as it was made final, its hash compared. Raises FinalProblem."""
    with desk.store.reading() as reading:
        kept = attachments_of(reading, [sheet.uid])
    for one in kept:
        if one.digest == sheet.digest and one.digest and blobs_of(desk.store).holds(one.digest):
            return content_of(desk, one)
    raise FinalProblem("这份定稿的 PDF 不在本机或与定稿时的指纹不一致，请从备份里恢复；台账记录没有受影响")


def file_name(*parts: str) -> str:
    """A name for a paper from its parts: 履职档案_2026年_龙志明_乡.pdf."""
    return Path("_".join(part.replace("/", "") for part in parts if part)).name
