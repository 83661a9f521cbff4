"""The cell that says who came: names, 等3人, 张三（男，56岁，云盘村）13800138000, 周一夫妇, 匿名."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lianxin.domain.checks import is_nothing
from lianxin.domain.codes import SEX
from lianxin.domain.numerals import arabic, plain
from lianxin.ledgers.addresses import split_names
from lianxin.ledgers.findings import Findings
from lianxin.ledgers.phones import read_phones

_ANONYMOUS = re.compile(
    r"匿名.{0,3}|.{0,4}不愿.{0,4}姓名.*|不愿具名|不留名|无名氏|不详|"
    r"(?:某|部分|[一几多两]?[名位个]|过路|路过|若干|周边|附近|本村|当地)*(?:群众|村民|选民|居民|市民|老人|老人家|大爷|大妈|妇女|男子|女士)"
    r"(?:代表|若干|多人|们)?"
)
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|0\d{2,3}[-\s]?\d{7,8})(?!\d)")
_PART = re.compile(r"[、，,;；/|\n()（）\[\]【】]+")
_AGE = re.compile(r"(?:年龄:?)?\d{1,3}周?岁")
_HOME = re.compile(r".{2,}(?:村|社区|寨|屯|居委会)(?:委会)?\d*组?|.*(?:村|社区).*组|\d{1,2}组")
_SHARED = (
    (re.compile(r"等(?:共|约)?(\d+)余?(?:[人名位个]|群众|村民)"), "来访人一栏写的人数"),
    (re.compile(r"(\d+)余?(?:[人名位]|个人|口人?)(?:[)）\]】]|$)"), "来访人一栏写的人数"),
    (re.compile(r"(?:1|全)家(\d+)口"), "来访人一栏写的人数"),
    (re.compile(r"([3-9])(?:兄弟|姐妹|兄妹|姊妹)"), "来访人一栏的称呼"),
)  # fmt: skip
_TWO = re.compile(
    r"夫妇|夫妻|两口子|2口子|父子|母子|父女|母女|婆媳|兄妹|姐弟|兄弟|姐妹|姊妹|爷孙|祖孙|叔侄|2人"
)
_COUNT_AFTER = re.compile(r"(?<=[^\d等共约])\s*\d+余?(?:人|名)$")
_TAIL = re.compile(
    r"(?:等?(?:共|约)?[\d一二三四五六七八九十]+余?(?:[人名位]|个人|口人?|户)(?:村民|群众)?)$|等(?:人|群众|村民|多人)?$"
)


@dataclass(frozen=True)
class WhoCame:
    """The people of one visit as one cell tells them; `persons` is None where it gives no number."""

    names: tuple[str, ...] = ()
    anonymous: bool = False
    sex: str | None = None  # code of SEX
    phones: tuple[str, ...] = ()
    address: str | None = None
    persons: int | None = None
    why: str = ""


def read_who(findings: Findings, field: str = "visitors") -> WhoCame:
    """Understand the cell; what is no name is told apart, and nothing is dropped without a word."""
    text = findings.words(field)
    if text is None:
        findings.wrong(field, "没有写来访人姓名，按匿名登记")
        return WhoCame(anonymous=True)
    persons, why = _counted(text)
    if _ANONYMOUS.fullmatch(_TAIL.sub("", plain(text)) or plain(text)):
        return WhoCame(anonymous=True, persons=persons, why=why)
    phones = read_phones(" ".join(_PHONE.findall(text))).phones if _PHONE.search(text) else ()
    sex, address, kept = _sorted_parts(_PHONE.sub("、", text))
    names = split_names("、".join(kept))
    if len(names) > 1 and why == "来访人一栏的称呼":
        persons = None
    if not names:
        findings.wrong(field, f"来访人“{text}”看不懂，按匿名登记")
        return WhoCame((), True, sex, phones, address, persons, why)
    for name in names:
        if re.search(r"[\d?？*＊<>=+@#￥$%^~_|\\]|^-", name):
            findings.read_as(field, name, f"姓名“{name}”里有数字或符号，请核对")
    if sex or address or (phones and not findings.text("phone")):
        findings.read_as(field, "、".join(names), "这一格除了姓名还写了别的，已分开登记")
    return WhoCame(names, False, sex, phones, address, persons, why)


def _sorted_parts(text: str) -> tuple[str | None, str | None, list[str]]:
    """Sex, address and the parts that may be names."""
    sex: str | None = None
    address: str | None = None
    kept: list[str] = []
    for part in _PART.split(text):
        core = plain(part).strip(":：")
        found = SEX.find(core)
        if found and kept:
            sex = sex or found.code
        elif not core or is_nothing(core) or _AGE.fullmatch(core):
            continue
        elif _HOME.fullmatch(core) and (kept or len(core) > 4 or core.endswith("组")):
            address = address or part.strip()
        elif not re.fullmatch(r"(?:共|等|约)*\d+余?(?:多人|[人名位口户])?", core) or not kept:
            kept.append(_COUNT_AFTER.sub("", part))
    return sex, address, kept


def _counted(text: str) -> tuple[int | None, str]:
    core = arabic(plain(text))
    for shape, why in _SHARED:
        if match := shape.search(core):
            return int(match[1]), why
    single = len(_PART.split(text.strip("()（）"))) == 1
    return (2, "来访人一栏的称呼") if single and _TWO.search(core) else (None, "")
