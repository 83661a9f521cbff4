"""The county's register of who may send: certificates issued, revoked, and codes that were replaced."""

from __future__ import annotations

from datetime import date

from lianxin.domain import codes
from lianxin.domain.dictionary import Record, given, maybe, told
from lianxin.domain.kinds import COUNT, DAY, LINES, TEXT, one_of


class Enrolment(Record, kind="enrolment", label="报送单位登记", of_county=True):
    """One certificate the county issued to a desk of an office, or to its own operating key (bundle-format.md)."""

    code: str = told(TEXT, "区划代码", length=12, search=True)
    name: str = told(TEXT, "单位名称", length=60, search=True)
    place: str | None = maybe(TEXT, "简称", default=None, length=20)
    device: str | None = maybe(TEXT, "电脑", default=None, length=60)
    role: str = given(one_of(codes.ENROLMENT_ROLE), "用途", default="desk")
    issued: date = told(DAY, "签发日期")
    until: date = told(DAY, "有效期至")
    revoked_at: str | None = maybe(TEXT, "作废时刻", default=None, length=30)
    replica: str | None = maybe(TEXT, "编号段", default=None, length=30, ledger=False)
    serial: str = told(TEXT, "证书编号", length=40, search=True)
    certificate_digest: str = told(TEXT, "证书摘要", length=64, ledger=False)
    key_id: str = told(TEXT, "密钥标识", length=64, ledger=False)
    certificate: str = told(LINES, "证书", length=4000, ledger=False)
    recipient: str | None = maybe(TEXT, "收件公钥", default=None, length=120, ledger=False)
    request_code: str | None = maybe(TEXT, "申请核对码", default=None, length=30)
    computer: int | None = maybe(COUNT, "第几台电脑", default=None)


class CodeChange(Record, kind="code-change", label="单位代码变更", of_county=True):
    """An office that was renamed, merged or split: who goes on for a code that ended, and from which day.

    `until` is the last day on which files of the ended office are still taken in; of a split there are several
    records of one former code (bundle-format.md, "Keys and trust").
    """

    former: str = told(TEXT, "原代码", length=12, search=True)
    code: str = told(TEXT, "新代码", length=12, search=True)
    day: date = told(DAY, "生效日期", wire="date")
    former_name: str | None = maybe(TEXT, "原单位名称", default=None, length=60, search=True)
    change: str = given(one_of(codes.CODE_CHANGE), "变更种类", default="renamed")
    until: date | None = maybe(DAY, "原代码报送件收到", default=None, note="这一天以后再来的另存待查")
