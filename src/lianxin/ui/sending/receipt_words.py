"""What came of files that were taken in, in the clerk's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lianxin.domain.casework.referral import COUNTY_STEP_KINDS
from lianxin.domain.records import HandedDown, HandedTo
from lianxin.office.handover.accepting import Accepted
from lianxin.office.receiving.verdict import FileVerdict
from lianxin.office.sending.county_word import CountyWord

_LINES = 6


def told_of(done: Accepted) -> tuple[str, bool]:
    """The lines of the outcome, and whether nothing is left for a person to do."""
    lines = [
        *_receipts(done),
        *_referrals(done),
        *_handed_down(done),
        *(f"第{item.seq}期：{CountyWord(item, None).short}" for item in done.items),
    ]
    if len(lines) > _LINES:
        lines = [*lines[:_LINES], f"……共{len(done.verdicts)}个文件、{len(done.items)}期"]
    good = all(each.ok and not each.more_than_written for each in done.verdicts)
    return "\n".join(lines) or "没有文件。", good and bool(done.verdicts)


def _receipts(done: Accepted) -> Iterator[str]:
    own = [each for each in done.verdicts if not _receipt(each)]
    taken = [each for each in own if each.ok]
    if taken:
        new, changed = sum(each.new for each in taken), sum(each.changed for each in taken)
        handed = all(
            each.outcome.manifest and each.outcome.manifest.kind.value == "handover" for each in taken
        )
        what = f"接收{len(taken)}个交接文件" if handed else f"收回{len(taken)}个自己的文件"
        yield f"✓ 已{what}：新增{new}条、修改{changed}条。"
    for each in done.verdicts:
        outcome = each.outcome
        if not each.ok or each.more_than_written:
            yield f"{Path(outcome.file).name}：{outcome.message}{outcome.next}"
        elif _receipt(each):
            number = outcome.manifest.receipt_no if outcome.manifest is not None else None
            before = outcome.code.value in ("W600", "W601")
            yield f"第{number}号回执以前接收过，没有改动。" if before else f"✓ 已接收第{number}号回执。"


def _referrals(done: Accepted) -> Iterator[str]:
    """转报事项：县级交办2条、县级答复1条…: what the county did with the matters that were sent up to it."""
    came = _kinds(done)
    told = "、".join(f"{cls.LABEL}{came[cls.KIND]}条" for cls in COUNTY_STEP_KINDS if came[cls.KIND])
    if told:
        yield f"转报事项有新进展：{told}，在“意见建议办理”的经过里看。"


def _handed_down(done: Accepted) -> Iterator[str]:
    """What the county handed down with the receipt, and what of it is in use already."""
    came = _kinds(done)
    count = came[HandedDown.KIND] + came[HandedTo.KIND]
    if count:
        yield f"县人大下发的资料有{count}份新的或改过的，在“设置与备份—县人大下发”里看。"
    if done.trust:
        yield f"✓ {'，'.join(done.trust)}。"


def _kinds(done: Accepted) -> Counter[str]:
    return Counter(
        one.kind for each in done.verdicts if each.ok for one in each.records if one.outcome != "same"
    )


def _receipt(verdict: FileVerdict) -> bool:
    manifest = verdict.outcome.manifest
    return manifest is None or manifest.kind.value == "receipt"
