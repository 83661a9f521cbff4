"""The county's own list of its townships, and which stamped papers it has seen of them."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, NAME, PHONE, TEXT, one_of


class Township(Record, kind="township", label="乡镇", of_county=True):
    """One township that reports to this county; whoever enrolled a desk needs none: county/townships/roster.py
    unites both.

    Those without a position stand after the others by code; `since` and `until` are the first and the last day on
    which returns are asked of it.
    """

    code: str = told(TEXT, "区划代码", length=12, search=True, note="9位数字")
    name: str = told(TEXT, "乡镇名称", length=40, search=True, note="如“石牌镇”")
    way: str = given(one_of(codes.REPORTING_WAY), "报送方式", default="signed")
    contact: str | None = maybe(NAME, "联系人", default=None, length=25, search=True)
    phone: str | None = maybe(PHONE, "联系电话", default=None, length=30, privacy="personal")
    position: int | None = maybe(COUNT, "排列次序", default=None)
    since: date | None = maybe(DAY, "开始报送", default=None)
    until: date | None = maybe(DAY, "停止报送", default=None)


class StampedPaper(Record, kind="stamped-paper", label="盖章件", of_county=True):
    """The signed and stamped paper of a period lies at the county: who saw it and when (domain.md 7.3 no. 14).

    `seq` and `check_code` name the 期 whose cover sheet it carries; a later corrected one asks for its own paper.
    """

    code: str = told(TEXT, "区划代码", length=12)
    period: str = told(TEXT, "报送期", length=10)
    day: date = told(DAY, "收到日期", wire="date")
    seen_by: str | None = maybe(NAME, "经办人", default=None, length=25)
    seq: int | None = maybe(COUNT, "期号", default=None, unit="期")
    check_code: str | None = maybe(TEXT, "核对码", default=None, length=30)
