"""Who works with this ledger, and who saw personal data in full (domain.md 2.8); neither leaves this computer."""

from __future__ import annotations

from datetime import date

from lianxin.domain.codes import ACCESS_SORT, USER_ROLE
from lianxin.domain.dictionary import Record, maybe, told
from lianxin.domain.kinds import COUNT, DAY, NAME, TEXT, one_of


class User(Record, kind="user", label="使用人", audience="local"):
    """One person with a passphrase of his own. `actor` is the two-digit code his entries carry; his name stays here.

    A person who left stays in the list, so that the history of five years still has names (domain.md 9.5).
    """

    name: str = told(NAME, "姓名", length=25)
    actor: str = told(TEXT, "代号", length=2)
    role: str = told(one_of(USER_ROLE), "角色")
    since: date = told(DAY, "启用日期")
    ended: date | None = maybe(DAY, "停用日期", default=None)
    ended_why: str | None = maybe(TEXT, "停用原因", default=None, length=100)


class AccessNote(Record, kind="access-note", label="个人信息查看记录", audience="local"):
    """That personal data left the mask: who, when, what (个人信息保护法 51 条 asks for access rights and a record)."""

    at: str = told(TEXT, "时间", length=25)
    actor: str = told(TEXT, "代号", length=2, ledger=False)
    who: str = told(NAME, "姓名", length=25)
    sort: str = told(one_of(ACCESS_SORT), "方式")
    what: str = told(TEXT, "内容", length=200)
    records: int | None = maybe(COUNT, "条数", default=None, unit="条")
