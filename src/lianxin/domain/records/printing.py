"""What was printed of a record, and the numbers that stand printed on blank forms (domain.md 4.15, 9.6)."""

from __future__ import annotations

from datetime import date

from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, LINES, NAME, OWNER, TEXT, YEAR


class PrintMark(Record, kind="print-mark", label="打印记录", audience="local"):
    """That one document of one record was printed, how often, and whether the signed sheet lies in the archive.

    The county is not told what paper an office prints.
    """

    owner_kind: str = told(TEXT, "所属类别", length=40, ledger=False)
    owner: str = told(OWNER, "所属记录", ledger=False)
    document: str = told(TEXT, "文书", length=60)
    first: date = told(DAY, "首次打印")
    day: date = told(DAY, "最近打印", wire="date")
    times: int = given(COUNT, "打印次数", default=1, unit="次")
    copies: int = given(COUNT, "份数合计", default=1, unit="份")
    by: str | None = maybe(NAME, "打印人", default=None, length=25)
    filed: date | None = maybe(DAY, "签字件归档日期", default=None)


class FormNumbers(Record, kind="form-number", label="空白表表号"):
    """A run of 表号 that was printed on blank forms.

    Which of them were used is told by the visits themselves; of other forms somebody says where the sheet belongs.
    """

    form: str = told(TEXT, "表名", length=60)
    year: int = told(YEAR, "年度")
    first: int = told(COUNT, "起始号")
    last: int = told(COUNT, "截止号")
    day: date = told(DAY, "印制日期", wire="date")
    by: str | None = maybe(NAME, "领用人", default=None, length=25)
    spoiled: str | None = maybe(TEXT, "作废号", default=None, length=400, note="用、隔开")
    used: str | None = maybe(
        LINES, "已用号", default=None, length=4000, privacy="content", note="一行一号，后面写用在哪里"
    )
