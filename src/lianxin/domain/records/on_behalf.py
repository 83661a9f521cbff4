"""What a county read from the table of a township that does not use the program (docs/adr/0024)."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, LINES, TEXT, YES_NO, one_of


class BehalfSource(Record, kind="behalf-source", label="代录", of_county=True):
    """One table read on behalf of a township: nobody signed it, and a signed file of its period replaces it.

    Written in the stream of that township at this county, which never leaves. `rows` names what it holds, one a
    line (kind, uid, day or "-"); `totals` are the figures of a return sheet as JSON; `bundle` is the place of the
    普通报送 it lay in. `beside` says that it stands beside the earlier tables of the kind and replaces none.
    """

    code: str = told(TEXT, "区划代码", length=12)
    period: str = told(TEXT, "报送期", length=10)
    source: str = told(one_of(codes.BEHALF_SOURCE), "来源")
    ledger: str = told(TEXT, "台账种类", length=40)
    day: date = told(DAY, "代录日期", wire="date")
    file_name: str = told(TEXT, "文件名", length=200, search=True)
    digest: str = told(TEXT, "文件摘要", length=64, ledger=False)
    batch: str = told(TEXT, "代录编号", length=8)
    rows: str | None = maybe(LINES, "所录内容", default=None, ledger=False)
    totals: str | None = maybe(LINES, "所报数字", default=None, ledger=False)
    refused: int = given(COUNT, "没有读出的行", default=0, unit="行")
    doubts: int = given(COUNT, "按推断理解的行", default=0, unit="行")
    beside: bool = given(YES_NO, "与先前的一起计入", default=False)
    bundle: str | None = maybe(TEXT, "所在报送材料", default=None, length=80, ledger=False)
    withdrawn: date | None = maybe(DAY, "撤销日期", default=None)
