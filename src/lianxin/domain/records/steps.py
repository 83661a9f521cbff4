"""Further steps on a matter: handed back, given more time, supervised, ruled upon, promises kept (domain.md 3.14–3.17).

They belong to a matter of whatever track; where it stands is computed from them with the four usual steps.
"""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import DAY, LINES, TEXT, one_of, ref


class HandBack(Record, kind="hand-back", label="退回", parent="opinion", merge="record"):
    """The unit sent the assignment back: it is not its business (domain.md 3.15, 异议退回)."""

    opinion: str = told(ref("opinion"), "意见")
    day: date = told(DAY, "退回日期", wire="date")
    unit: str | None = maybe(ref("unit"), "退回单位", default=None)
    reason: str = told(LINES, "退回理由", length=500, privacy="content")
    by: str | None = maybe(TEXT, "经手人", default=None, length=25)


class Extension(Record, kind="extension", label="延期", parent="opinion", merge="record"):
    """More time asked for by the unit, and what was decided (domain.md 3.14, 延期审批)."""

    opinion: str = told(ref("opinion"), "意见")
    day: date = told(DAY, "申请日期", wire="date")
    until: date = told(DAY, "延至")
    reason: str = told(LINES, "延期理由", length=500, privacy="content")
    decision: str = given(one_of(codes.EXTENSION_DECISION), "审批结果", default="waiting")
    decided: date | None = maybe(DAY, "审批日期", default=None)
    decided_by: str | None = maybe(TEXT, "审批人", default=None, length=25)
    by: str | None = maybe(TEXT, "经手人", default=None, length=25)


class Supervision(Record, kind="supervision", label="督办", parent="opinion", numbered="DB", merge="record"):
    """One act of supervision by one of the eleven means, and the answer to it (domain.md 3.16)."""

    opinion: str = told(ref("opinion"), "意见")
    number: str | None = maybe(TEXT, "督办函编号", default=None, length=40, search=True)
    day: date = told(DAY, "督办日期", wire="date")
    means: str = given(one_of(codes.SUPERVISION_MEANS), "督办方式", default="phone")
    unit: str | None = maybe(ref("unit"), "被督办单位", default=None)
    by: str | None = maybe(TEXT, "督办人", default=None, length=25)
    deputies: str | None = maybe(TEXT, "参加代表", default=None, length=200)
    demand: str | None = maybe(LINES, "督办要求", default=None, length=500, privacy="content")
    reply_by: date | None = maybe(DAY, "回复期限", default=None)
    answered: date | None = maybe(DAY, "回复日期", default=None)
    answer: str | None = maybe(LINES, "回复内容", default=None, length=2000, privacy="content")
    outcome: str | None = maybe(one_of(codes.SUPERVISION_OUTCOME), "督办结果", default=None)


class Ruling(Record, kind="ruling", label="主席团研究", parent="opinion", merge="record"):
    """What the presidium decided on a matter that stayed 不满意 after the last round (domain.md 3.14)."""

    opinion: str = told(ref("opinion"), "意见")
    day: date = told(DAY, "研究日期", wire="date")
    decision: str = told(one_of(codes.RULING), "研究意见")
    reason: str = told(LINES, "研究情况", length=1000, privacy="content")
    by: str | None = maybe(TEXT, "主持人", default=None, length=25)


class PromiseResult(Record, kind="promise-result", label="承诺办理", parent="opinion", merge="record"):
    """What became of a promise made in a reply (domain.md 3.17, 承诺台账)."""

    opinion: str = told(ref("opinion"), "意见")
    reply: str = told(ref("reply"), "承诺的答复")
    day: date = told(DAY, "核实日期", wire="date")
    outcome: str = told(one_of(codes.PROMISE_OUTCOME), "兑现情况")
    until: date | None = maybe(DAY, "改为何时完成", default=None)
    words: str | None = maybe(LINES, "核实情况", default=None, length=500, privacy="content")
    overall: str | None = maybe(one_of(codes.SATISFACTION), "二次评价", default=None)
    by: str | None = maybe(TEXT, "经手人", default=None, length=25)
    replied: date | None = maybe(DAY, "再次答复日期", default=None)


class ChairReview(Record, kind="chair-review", label="主席审阅", parent="opinion", merge="record"):
    """What the chair said before a matter raised by a group, or a sensitive one, is handed over (domain.md 3.12)."""

    opinion: str = told(ref("opinion"), "意见")
    day: date = told(DAY, "审阅日期", wire="date")
    verdict: str = told(one_of(codes.CHAIR_VERDICT), "审阅意见")
    words: str | None = maybe(LINES, "批示", default=None, length=500, privacy="content")
    by: str | None = maybe(TEXT, "审阅人", default=None, length=25)


class Archiving(Record, kind="archiving", label="归档", parent="opinion", merge="record"):
    """A matter that is over goes to the archive under its 档号 (DA/T 22-2015; 档案法 2020 §13–14)."""

    opinion: str = told(ref("opinion"), "意见")
    day: date = told(DAY, "归档日期", wire="date")
    number: str = told(TEXT, "档号", length=60, search=True)
    retention: str = given(one_of(codes.RETENTION), "保管期限", default="years30")
    by: str | None = maybe(TEXT, "归档人", default=None, length=25)


class ArchiveOpening(Record, kind="archive-opening", label="取消归档", parent="opinion", merge="record"):
    """A matter taken out of the archive again, because something about it is to be put right or goes on."""

    opinion: str = told(ref("opinion"), "意见")
    day: date = told(DAY, "取消日期", wire="date")
    reason: str = told(LINES, "取消理由", length=500, privacy="content")
    by: str | None = maybe(TEXT, "经手人", default=None, length=25)
