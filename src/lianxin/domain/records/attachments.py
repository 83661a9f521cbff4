"""Files that belong to a record: photographed sheets, replies on paper, pictures of the place (domain.md)."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import BLOB, COUNT, DAY, OWNER, TEXT, YES_NO, one_of


class Attachment(Record, kind="attachment", label="附件"):
    """One file of one record, of whatever kind; its content is kept under its SHA-256 among the sealed files.

    Name, words and SHA-256 are personal: they lie beside their entry, travel with the other values only, and are
    what an erasure takes away. A file whose SHA-256 nothing here knows any more is swept from the disk.
    """

    owner_kind: str = told(TEXT, "所属类别", length=40, ledger=False)
    owner: str = told(OWNER, "所属记录", ledger=False)
    place: int = given(COUNT, "顺序", default=0)
    name: str | None = maybe(
        TEXT, "文件名", default=None, required=True, length=120, privacy="personal", search=True
    )
    caption: str | None = maybe(TEXT, "内容说明", default=None, length=200, privacy="personal", search=True)
    day: date = told(DAY, "添加日期", wire="date")
    form: str = told(one_of(codes.ATTACHMENT_FORM), "类型")
    size: int = told(COUNT, "大小", unit="字节")
    digest: str | None = maybe(
        BLOB, "内容指纹", default=None, required=True, privacy="personal", ledger=False
    )
    personal: bool = given(YES_NO, "含个人信息", default=True)
