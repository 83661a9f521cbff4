"""Names as people are addressed: 王代表, 石玉兰主任, 县人大代表：彭勇 → the name, where there is one."""

from __future__ import annotations

import re

from lianxin.domain.pinyin import COMPOUND_SURNAMES
from lianxin.ledgers.addresses import split_names
from lianxin.ledgers.findings import Findings

_TITLE = (
    r"(?:副?(?:主席|主任|书记|镇长|乡长|村长|县长|局长|所长|站长|队长|组长|校长|院长|部长|科长|会长|经理|董事长|支书|委员|秘书|专干|专职)"
    r"|代表|同志|先生|女士|老师|医生|干部|主干)"
)
_AFTER = re.compile(rf"(.{{1,4}}?)(?:{_TITLE})+")
_BEFORE = re.compile(
    rf".{{0,10}}?{_TITLE}[:：]+|(?:全国|省|州|市|县|区|乡|镇){{0,3}}(?:级)?(?:人大|党)?代表(?=[^、，]{{2,4}}$)"
)
_ABSENT = re.compile(r"[^、，,;；\s(（]{2,4}\s*[(（](?:请假|缺席|未到|病假|事假|公假|出差)[)）]")
_SURNAME = re.compile(rf"(?P<surname>.|{'|'.join(sorted(COMPOUND_SURNAMES))}){_TITLE}")


def read_addressed(findings: Findings, field: str = "deputies") -> tuple[str, ...]:
    """The names of a cell without titles; 王代表, who has no more than a surname here, stays as written."""
    text = _ABSENT.sub("", findings.text(field))
    if text != findings.text(field):
        findings.read_as(field, text.strip("、，, "), "注明请假、缺席的没有算作接待代表")
    written = split_names(re.sub(r"\s*[:：]\s*", ":", _spaced(text)))
    names = tuple(dict.fromkeys(bare_name(name) for name in written if not _only_title(name)))
    if names != written:
        findings.read_as(field, "、".join(names), "称呼去掉后按姓名登记")
    return names


def bare_name(name: str) -> str:
    """石玉兰 for 石玉兰主任 and 县人大代表:石玉兰; a surname with a title stays whole."""
    core = _BEFORE.sub("", name)
    match = _AFTER.fullmatch(core)
    if match and len(match[1]) >= 2 and match[1] not in COMPOUND_SURNAMES:
        return match[1]
    return core


def surname_addressed(name: str) -> str | None:
    """王 for 王代表; None for a name."""
    match = _SURNAME.fullmatch(name)
    return match["surname"] if match else None


def _only_title(name: str) -> bool:
    return bool(
        re.fullmatch(rf"(?:.{{0,6}}(?:人大|党委|政府|镇|乡|村|县))?(?:{_TITLE})+", name)
    ) and not surname_addressed(name)


def _spaced(text: str) -> str:
    """主席 王强, 代表 李明: the title on its own is parted from the name that follows it."""
    return re.sub(rf"({_TITLE})[ 　]+(?=\S{{2}})", r"\1、", text)
