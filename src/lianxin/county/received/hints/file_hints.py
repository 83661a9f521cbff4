"""Hints about the file itself: signature, number, format, office, papers (domain.md 7.3 no. 1 to 4, 13, 14)."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.bundle.codes import Code
from lianxin.bundle.manifest import Kind, Role
from lianxin.county.received.hints.hint import Hint, Looked
from lianxin.county.townships.names import towns_in
from lianxin.county.townships.roster import roster_ever
from lianxin.domain.periods import Period
from lianxin.domain.records import StampedPaper
from lianxin.office.desk import office_of
from lianxin.store.reading import Condition, Reading
from lianxin.store.received import bundle_before


def file_hints(reading: Reading, looked: Looked) -> Iterator[Hint]:
    """Everything the signed facts of the file say."""
    yield _signature(reading, looked)
    yield _number(reading, looked)
    newer = looked.said(Code.NEWER_SCHEMA_KEPT)
    yield Hint(3, "格式版本", _NEWER if newer else "与本程序一致", newer)
    yield _office(reading, looked)


def paper_hints(reading: Reading, looked: Looked) -> Iterator[Hint]:
    """Attachments, and the paper with signature and seal."""
    manifest = looked.manifest
    attached = sum(1 for each in manifest.files if each.role is Role.ATTACHMENT)
    if attached:
        yield Hint(13, "附件", f"{attached}个，类型和内容相符；打开前请先用杀毒软件查过U盘")
    seen = reading.all(
        StampedPaper, Condition("code", "=", manifest.org_code), Condition("period", "=", manifest.period)
    )
    words = "已收到（打了勾）" if seen else "还没有打勾；收到纸质件后在“各乡镇报送情况”里打勾"
    yield Hint(14, "盖章件", words, not seen)


_NEWER = "对方程序较新，有些内容看不懂，已原样留存；请升级本程序"


def _signature(reading: Reading, looked: Looked) -> Hint:
    if looked.manifest.kind is Kind.PLAIN:
        return Hint(1, "数字签名", "内容没有改动；签名人未经县里确认，请打电话核对20位核对码", True)
    if looked.said(Code.REVOKED_LATER):
        return Hint(1, "数字签名", "收下以后这台电脑的证书作废了，以后用它签的不要收", True)
    signer = towns_in(reading).signer(looked.manifest.signer.cert_sha256) or looked.manifest.org_name
    expired = looked.said(Code.CERT_EXPIRED_SINCE)
    return Hint(
        1, "数字签名", f"正确，{signer}" + ("；证书现在已经过期，请提醒更新" if expired else ""), expired
    )


def _number(reading: Reading, looked: Looked) -> Hint:
    manifest = looked.manifest
    before = bundle_before(reading.connection, manifest.replica, manifest.seq)
    issue = f"{Period.parse(manifest.period).label} 第{manifest.seq}期"
    told = []
    if looked.said(Code.OLDER):
        told.append("没有新内容，后面的已经收过")
    if looked.said(Code.LATE):
        told.append("后一个月的已经先到")
    if looked.said(Code.CLOCK_BACKWARD) or looked.said(Code.FUTURE_CLOCK):
        told.append("对方电脑的日期可能不对")
    if told:
        return Hint(2, "期号", f"{issue}；{'，'.join(told)}", True)
    follows = f"，接第{before.seq}期" if before is not None else "，这台电脑的第一份"
    return Hint(2, "期号", f"{issue}{follows}，没有缺口")


def _office(reading: Reading, looked: Looked) -> Hint:
    county, code = office_of(reading).code, looked.manifest.org_code
    known = any(code in town.codes for town in roster_ever(reading, looked.today))
    if not code.startswith(county):
        return Hint(4, "报送单位", f"区划代码 {code} 不在本县（{county}）", True)
    words = f"{code}，在本县乡镇名单里" if known else f"{code}，不在本县乡镇名单里，请核对"
    return Hint(4, "报送单位", words, not known)
