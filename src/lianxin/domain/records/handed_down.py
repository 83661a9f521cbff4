"""What a county hands down to its townships with its receipts: rules, lists, layouts, themes, names (issue of records)."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, maybe, told
from lianxin.domain.kinds import DAY, LINES, TEXT, one_of

MOST_TEXT = 900_000
"""Characters of one thing handed down: one line of the journal holds at most 1 MiB (journal.md)."""


class HandedDown(Record, kind="handed-down", label="下发资料", audience="common"):
    """One thing the county hands down to all townships; a later version is a change of the same record.

    Subject and slot together name the thing: the year of a theme, the document of a template, "" where there is
    one only. What the text holds follows from the subject (domain/handed_down.py).
    """

    subject: str = told(one_of(codes.HANDED_SUBJECT), "种类")
    slot: str | None = maybe(TEXT, "哪一项", default=None, length=60, ledger=False)
    title: str = told(TEXT, "名称", length=100, search=True)
    version: str | None = maybe(TEXT, "版本", default=None, length=40)
    day: date = told(DAY, "下发日期", wire="date")
    source: str | None = maybe(TEXT, "来源", default=None, length=200)
    text: str = told(LINES, "内容", length=MOST_TEXT, ledger=False)


class HandedTo(HandedDown, kind="handed-to", label="单独下发的资料", audience="to"):
    """The same for one township only."""

    addressee: str = told(TEXT, "乡镇代码", length=12)
