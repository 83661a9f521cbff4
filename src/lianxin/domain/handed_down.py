"""What a thing handed down by the county holds: its text written and read again, whatever program reads it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lianxin.domain.canonical import JsonValue, NotCanonical, canonical, parse_strict
from lianxin.domain.codes import CATEGORY, LEVEL, SEX, UNIT_TYPE
from lianxin.domain.records.handed_down import MOST_TEXT

_KIND = "lianxin-handed/1"
MOST_TEMPLATE = 600_000
"""Bytes of a Word template: as text a third more, and one line of the journal holds 1 MiB (journal.md)."""
_MOST_LABEL = 30
_BETWEEN = re.compile(r"[、，,；;\s]+")
THEME_FIELDS = ("document", "when", "method", "steps", "organisation", "praise", "goals")
"""Fields of the theme of a year that a county fills in, by their wire names (domain.md 3.22)."""


class BadHanded(ValueError):
    """What was typed, or what came, cannot be read; the message is a Chinese sentence."""


@dataclass(frozen=True)
class SmallCategory:
    """A smaller category of the county under one of the eighteen, which keep their codes and meaning (domain.md 3.13)."""

    category: str
    label: str


@dataclass(frozen=True)
class UnitLine:
    """A unit of the county that handles matters."""

    name: str
    unit_type: str = "county"
    duties: str = ""


@dataclass(frozen=True)
class RosterLine:
    """A deputy of an upper level who lives in or belongs to a township. Only what is public (代表法 §58)."""

    name: str
    level: str
    sex: str = ""
    work: str = ""
    delegation: str = ""


@dataclass(frozen=True)
class OwnLayout:
    """A Word template of the county for one document of the house."""

    paper: str
    file_name: str
    content: bytes


@dataclass(frozen=True)
class RenewedCertificate:
    """A certificate issued anew for a key the county knows, and the list as it stood then; both PEM."""

    certificate: str
    key_id: str


def pack_categories(found: Sequence[SmallCategory]) -> str:
    """The text of a list of smaller categories."""
    return _packed([{"category": each.category, "label": each.label} for each in found])


def read_categories(text: str) -> tuple[SmallCategory, ...]:
    """The smaller categories; those under a category this program does not know are left out. Raises BadHanded."""
    known = {code.code for code in CATEGORY.codes}
    found = (SmallCategory(_text(each, "category"), _text(each, "label")) for each in _items(text))
    return tuple(each for each in found if each.category in known and each.label)


def typed_categories(lines: str) -> tuple[SmallCategory, ...]:
    """Lines as people write them, “行路/道路交通：通村路、桥梁”, one category a line. Raises BadHanded."""
    found: list[SmallCategory] = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        head, _, rest = line.replace("：", ":").replace("\t", ":", 1).partition(":")
        category = _category(head)
        labels = [label for label in _BETWEEN.split(rest) if label]
        if not labels:
            raise BadHanded(f"“{line[:20]}”里没有小类，请写成“行路：通村路、桥梁”，没有改动。")
        for label in labels:
            if len(label) > _MOST_LABEL:
                raise BadHanded(f"小类“{label[:20]}”太长，最多{_MOST_LABEL}个字，没有改动。")
            found.append(SmallCategory(category, label))
    return tuple(dict.fromkeys(found))


def shown_categories(found: Iterable[SmallCategory]) -> str:
    """The list as lines that can be changed and read again."""
    by_category: dict[str, list[str]] = {}
    for each in found:
        by_category.setdefault(each.category, []).append(each.label)
    return "\n".join(
        f"{CATEGORY.label_of(code)}：{'、'.join(labels)}" for code, labels in sorted(by_category.items())
    )


def _category(head: str) -> str:
    word = head.strip().lstrip("0123456789 .．、")
    exact = CATEGORY.find(head.strip()) or CATEGORY.find(word)
    if exact is not None:
        return exact.code
    parts = [part for part in re.split(r"[/、和与]", word) if part]
    close = [code.code for code in CATEGORY.codes if parts and all(part in code.label for part in parts)]
    if len(close) != 1:
        raise BadHanded(f"没有“{head.strip()[:20]}”这个类别，请用程序里十八类的名称，没有改动。")
    return close[0]


def pack_units(found: Sequence[UnitLine]) -> str:
    """The text of a list of units."""
    return _packed([{"name": each.name, "type": each.unit_type, "duties": each.duties} for each in found])


def read_units(text: str) -> tuple[UnitLine, ...]:
    """The units. Raises BadHanded."""
    types = {code.code for code in UNIT_TYPE.codes}
    found = (
        UnitLine(_text(each, "name"), _text(each, "type"), _text(each, "duties")) for each in _items(text)
    )
    return tuple(each for each in found if each.name and each.unit_type in types)


def typed_units(lines: str) -> tuple[UnitLine, ...]:
    """A unit a line: its name, and after a colon or tab what it is charged with. Raises BadHanded."""
    found: dict[str, UnitLine] = {}
    for line in filter(None, map(str.strip, lines.splitlines())):
        name, _, duties = line.replace("：", ":").replace("\t", ":", 1).partition(":")
        if len(name.strip()) > 60:
            raise BadHanded(f"单位名称“{name[:20]}”太长，最多60个字，没有改动。")
        found.setdefault(name.strip(), UnitLine(name.strip(), duties=duties.strip()[:300]))
    return tuple(found.values())


def pack_theme(told: Mapping[str, str]) -> str:
    """The text of the theme of a year: `year`, `name` and what of THEME_FIELDS was filled in."""
    return _packed([{wire: value for wire, value in told.items() if value}])


def read_theme(text: str) -> Mapping[str, str]:
    """`year`, `name` and the filled fields. Raises BadHanded."""
    for each in _items(text):
        told = {wire: _text(each, wire) for wire in ("year", "name", *THEME_FIELDS)}
        if told["year"].isdecimal() and told["name"]:
            return {wire: value for wire, value in told.items() if value}
    raise BadHanded("这份年度主题读不出来，没有改动。")


def pack_roster(found: Sequence[RosterLine]) -> str:
    """The text of a roster of deputies of the levels above."""
    return _packed(
        [
            {
                "name": each.name, "level": each.level, "sex": each.sex, "work": each.work,
                "delegation": each.delegation,
            }
            for each in found
        ]
    )  # fmt: skip


def read_roster(text: str) -> tuple[RosterLine, ...]:
    """The roster; a level this program does not know is left out. Raises BadHanded."""
    levels, sexes = {code.code for code in LEVEL.codes}, {code.code for code in SEX.codes}
    found = []
    for each in _items(text):
        sex = _text(each, "sex")
        line = RosterLine(
            _text(each, "name"), _text(each, "level"), sex if sex in sexes else "", _text(each, "work"),
            _text(each, "delegation"),
        )  # fmt: skip
        if line.name and line.level in levels:
            found.append(line)
    return tuple(found)


def pack_layout(layout: OwnLayout) -> str:
    """The text of a template. Raises BadHanded for one that is too large to travel in a receipt."""
    if len(layout.content) > MOST_TEMPLATE:
        raise BadHanded(
            f"模板“{layout.file_name}”超过{MOST_TEMPLATE // 1000}千字节，随回执发不下去，没有下发。"
            "多半是里面放了大图片，请缩小图片后再试。"
        )
    content = base64.b64encode(layout.content).decode()
    return _packed([{"paper": layout.paper, "name": layout.file_name, "content": content}])


def read_layout(text: str) -> OwnLayout:
    """The template. Raises BadHanded."""
    for each in _items(text):
        try:
            content = base64.b64decode(_text(each, "content"), validate=True)
        except (binascii.Error, ValueError):
            break
        return OwnLayout(_text(each, "paper"), _text(each, "name"), content)
    raise BadHanded("这份文书模板读不出来，没有改动。")


def pack_certificate(renewed: RenewedCertificate) -> str:
    """The text of a certificate issued anew."""
    return _packed([{"certificate": renewed.certificate, "key": renewed.key_id}])


def read_certificate_text(text: str) -> RenewedCertificate:
    """The certificate issued anew; whether it is good is for whoever holds the root. Raises BadHanded."""
    for each in _items(text):
        return RenewedCertificate(_text(each, "certificate"), _text(each, "key"))
    raise BadHanded("续发的证书读不出来，没有改动。")


def linked_to(town: str, *places: str | None) -> bool:
    """Whether one of these texts of a deputy (delegation, district, address, place of work) names this township.

    石牌镇 is found as 石牌镇代表团 and as 石牌代表团; two characters at least must agree.
    """
    short = town.rstrip("镇乡")
    names = {town} | ({short} if len(short) >= 2 else set())
    return bool(town) and any(name in (place or "") for name in names for place in places)


def _packed(items: Sequence[Mapping[str, str]]) -> str:
    told: dict[str, JsonValue] = {"kind": _KIND, "items": [dict(each) for each in items]}
    text = canonical(told).decode()
    if len(text) > MOST_TEXT:
        raise BadHanded("内容太多，一次随回执发不下去，没有下发。请分开下发。")
    return text


def _items(text: str) -> Sequence[Mapping[str, JsonValue]]:
    try:
        told = parse_strict(text.encode())
    except (NotCanonical, UnicodeEncodeError) as wrong:
        raise BadHanded("这份资料读不出来，没有改动。") from wrong
    if not isinstance(told, Mapping) or told.get("kind") != _KIND:
        raise BadHanded("这份资料的格式本程序不认识，可能要用新版程序，没有改动。")
    items = told.get("items")
    return [each for each in items if isinstance(each, Mapping)] if isinstance(items, list) else []


def _text(told: Mapping[str, JsonValue], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
