"""Where a matter came from and what it is about, in the words of a ledger."""

from __future__ import annotations

import re

from lianxin.domain.codes import CATEGORY, CHANNEL
from lianxin.domain.numerals import plain
from lianxin.ledgers.findings import Findings

_CHANNELS = (
    ("接待|接访", "reception_day"),
    ("走访|入户|家访", "home_visit"),
    ("座谈", "symposium"),
    ("微信|网|公众号|平台|二维码|扫码|QQ|邮箱|码上", "online"),
    ("信箱|意见箱|来信|信件|书信", "letter_box"),
    ("短信", "sms"),
    ("电话|热线|来电", "phone"),
    ("视察|调研|检查", "inspection"),
    ("设点|设摊|赶集|圩日", "street"),
    ("转办|上级|交办", "from_above"),
    ("来访|上门|来站", "visit"),
    ("代表", "via_deputy"),
)


def read_channel(findings: Findings, title: str) -> str | None:
    """Where the matter came from: by its own column, else by a title that speaks of visits to homes."""
    text = findings.words("channel")
    if text is None:
        if "走访" not in title or "接" in title:
            return None
        findings.read_as("channel", CHANNEL.label_of("home_visit"), "标题写的是走访，按入户走访登记")
        return "home_visit"
    found = CHANNEL.find(plain(text))
    if found:
        return found.code
    near = next((code for shape, code in _CHANNELS if re.search(shape, plain(text))), None)
    if near is None:
        findings.wrong("channel", f"来源“{text}”不在可选范围内，没有采用，原话记在备注里")
    else:
        findings.read_as("channel", CHANNEL.label_of(near), f"来源“{text}”按{CHANNEL.label_of(near)}理解")
    return near


def read_category(findings: Findings) -> str | None:
    """The category of the ledger's own column; None where it has none of ours and the words have to tell."""
    text = findings.words("category")
    if text is None:
        return None
    core = plain(text)
    found = CATEGORY.find(core) or CATEGORY.find(re.sub(r"类(?:问题)?$|问题$|方面$", "", core))
    if found is None:
        findings.read_as(
            "category", "按内容归类", f"类别“{text}”不在可选范围内，按反映内容归类，原话记在备注里"
        )
    return found.code if found else None
