"""What the county does with a matter a township sent up: handed to a unit, supervised, answered, sent back or on.

Nobody edits a foreign record (journal.md, "Owner"): these are the county's own, addressed to the township whose matter
they point at, and travel to it with the next receipt. Units are names here, because the county's own register of
units stays at the county. Whom a step is addressed to follows from its matter, so that nobody types it.
"""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import DAY, LINES, TEXT, one_of, ref


class CountyAssignment(
    Record,
    kind="county-assignment",
    label="县级交办",
    parent="opinion",
    audience="to",
    numbered="XJ",
    merge="record",
):
    """A referred matter handed to a county unit with a time limit (domain.md 3.15; 代表法 2025 §51 for the clock of
    what deputies propose).
    """

    addressee: str = given(TEXT, "报送单位代码", default="", length=12)
    opinion: str = told(ref("opinion"), "意见")
    number: str | None = maybe(TEXT, "交办单编号", default=None, length=40, search=True)
    day: date = told(DAY, "交办日期", wire="date")
    unit: str = told(TEXT, "承办单位", length=60, search=True)
    due: date | None = maybe(DAY, "办理期限", default=None)
    demand: str | None = maybe(LINES, "要求", default=None, length=500, privacy="content")
    reason: str | None = maybe(LINES, "改派理由", default=None, length=500, privacy="content")
    by: str | None = maybe(TEXT, "交办人", default=None, length=25)


class CountySupervision(
    Record,
    kind="county-supervision",
    label="县级督办",
    parent="opinion",
    audience="to",
    numbered="XD",
    merge="record",
):
    """One act of supervision of the unit by the county, a call or a letter, and the answer to it (domain.md 3.16)."""

    addressee: str = given(TEXT, "报送单位代码", default="", length=12)
    opinion: str = told(ref("opinion"), "意见")
    number: str | None = maybe(TEXT, "督办函编号", default=None, length=40, search=True)
    day: date = told(DAY, "督办日期", wire="date")
    means: str = given(one_of(codes.SUPERVISION_MEANS), "督办方式", default="phone")
    unit: str | None = maybe(TEXT, "被督办单位", default=None, length=60)
    demand: str | None = maybe(LINES, "督办要求", default=None, length=500, privacy="content")
    reply_by: date | None = maybe(DAY, "回复期限", default=None)
    answered: date | None = maybe(DAY, "回复日期", default=None)
    answer: str | None = maybe(LINES, "回复内容", default=None, length=2000, privacy="content")
    outcome: str | None = maybe(one_of(codes.SUPERVISION_OUTCOME), "督办结果", default=None)
    by: str | None = maybe(TEXT, "督办人", default=None, length=25)


class CountyReply(
    Record, kind="county-reply", label="县级答复", parent="opinion", audience="to", merge="record"
):
    """What the county answers to the township, which tells the visitor (domain.md 3.17)."""

    addressee: str = given(TEXT, "报送单位代码", default="", length=12)
    opinion: str = told(ref("opinion"), "意见")
    day: date = told(DAY, "答复日期", wire="date")
    unit: str | None = maybe(TEXT, "承办单位", default=None, length=60)
    means: str = given(one_of(codes.MEANS), "答复方式", default="written")
    result: str | None = maybe(one_of(codes.RESULT), "办理结果", default=None)
    words: str | None = maybe(LINES, "答复内容", default=None, length=4000, privacy="content")
    document: str | None = maybe(TEXT, "文号", default=None, length=40, search=True)
    promise: str | None = maybe(LINES, "承诺事项", default=None, length=500, privacy="content")
    promised_day: date | None = maybe(DAY, "承诺完成期限", default=None)
    by: str | None = maybe(TEXT, "登记人", default=None, length=25)


class CountyDecision(
    Record, kind="county-decision", label="县级处理", parent="opinion", audience="to", merge="record"
):
    """The matter is not the county's to handle: it goes back to the township, or on to the level above, with words."""

    addressee: str = given(TEXT, "报送单位代码", default="", length=12)
    opinion: str = told(ref("opinion"), "意见")
    day: date = told(DAY, "处理日期", wire="date")
    decision: str = told(one_of(codes.COUNTY_DECISION), "处理意见")
    destination: str | None = maybe(TEXT, "转报去向", default=None, length=60)
    reason: str = told(LINES, "理由", length=500, privacy="content")
    document: str | None = maybe(TEXT, "文号", default=None, length=40, search=True)
    by: str | None = maybe(TEXT, "经手人", default=None, length=25)
