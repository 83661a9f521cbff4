"""Layouts of documents that the office made itself (domain.md 4)."""

from __future__ import annotations

from datetime import date

from lianxin.domain.dictionary import Record, maybe, told
from lianxin.domain.kinds import BLOB, COUNT, DAY, TEXT


class DocumentTemplate(Record, kind="document-template", label="文书模板", audience="local"):
    """The office's own Word template of one document; the file lies under its SHA-256 among the sealed ones.

    `paper` is the name of the document. Of several for one document the latest counts.
    """

    paper: str = told(TEXT, "文书", length=60)
    name: str = told(TEXT, "文件名", length=120)
    day: date = told(DAY, "换上日期", wire="date")
    size: int = told(COUNT, "大小", unit="字节")
    digest: str | None = maybe(BLOB, "内容指纹", default=None, required=True, ledger=False)
