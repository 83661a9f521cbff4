"""Names, phones, identity numbers, division codes and counts as clerks type them: read, checked, masked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lianxin.domain.dates import Unreadable, show_day
from lianxin.domain.numerals import NUMERAL_CHARS, arabic, chinese_number, plain

NAME_LENGTH = 25
_INVISIBLE = {"\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff", "\u00ad"}
_UNSEEN = " \n\t\u3000\u00a0" + "".join(sorted(_INVISIBLE))
_KEPT_CONTROLS = {"\n"}
_DOTS = "•・‧∙⋅●．｡･·"
_CJK = r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff]"
_NOTHING = {"", "无", "没有", "无电话", "不详", "未知", "/", "-", "--", "—", "——", "\\", "暂无", "空"}


def visible_text(text: str) -> str:
    """Line ends as spreadsheets write them made plain, blanks and what nobody can see taken off both ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(_UNSEEN)


def clean_text(text: str) -> str:
    """Text fit to keep: NFC, no control or invisible characters, no outer white space; line breaks stay."""
    if text.isprintable():
        return unicodedata.normalize("NFC", text).strip()
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = (c for c in text if c in _KEPT_CONTROLS or not _unwanted(c))
    return "".join(kept).strip()


def _unwanted(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cs")
        or char in _INVISIBLE
        or "\u202a" <= char <= "\u202e"
        or "\u2066" <= char <= "\u2069"
    )


def fold_text(text: str) -> str:
    """A key for comparing only: half-width, lower case, without white space. Never stored as the text."""
    return plain(clean_text(text)).casefold()


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no value: empty, 无, —, 不详."""
    return plain(text) in _NOTHING


# ---- names -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NameReading:
    """A person's name as understood, and what the clerk should be asked about it."""

    name: str
    doubt: str | None = None


def read_name(text: str) -> NameReading:
    """Read a name: inner spaces go, middle dots become U+00B7, rare characters stay. Raises Unreadable."""
    cleaned = clean_text(text).lstrip("'‘’")
    for dot in _DOTS:
        cleaned = cleaned.replace(dot, "·")
    cleaned = re.sub(rf"(?<={_CJK})\.(?={_CJK})", "·", cleaned)
    name = re.sub(r"\s+", " ", cleaned)
    if re.search(_CJK, name):
        name = name.replace(" ", "")
    name = name.strip("·")
    if not name:
        raise Unreadable("姓名是空的，请填写。")
    if len(name) > NAME_LENGTH:
        raise Unreadable(f"姓名超过{NAME_LENGTH}个字，请核对。")
    if re.search(r"\d", unicodedata.normalize("NFKC", name)):
        return NameReading(name, f"姓名“{name}”里有数字，请核对")
    if re.search(r"[()（）、，,;；/?？*＊<>=]", name):
        return NameReading(name, f"姓名“{name}”里有别的符号，请核对")
    return NameReading(name)


# ---- phones ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PhoneReading:
    """A phone number as understood; `kind` "none" means that the cell says there is none."""

    phone: str
    kind: Literal["mobile", "landline", "short", "odd", "none"]
    doubt: str | None = None


_MOBILE = re.compile(r"1[3-9]\d{9}")
_AREA = re.compile(r"(010|02\d|0[3-9]\d{2})(\d{7,8})")


def read_phone(text: str) -> PhoneReading:
    """Read a phone number as typed or as a spreadsheet kept it; odd ones keep a doubt, none is refused."""
    typed = clean_text(text)
    if is_nothing(typed):
        return PhoneReading("", "none")
    first, more = _first_of_several(unicodedata.normalize("NFKC", typed))
    found = _one_phone(first, typed)
    if more and found.kind != "odd":
        return PhoneReading(found.phone, found.kind, f"“{typed}”有几个号码，先记第一个{found.phone}")
    return found


def _first_of_several(text: str) -> tuple[str, bool]:
    parts = [p for p in re.split(r"[/、,;；\n]|或|(?<=\d{11})\s+(?=1\d{10})", text) if re.search(r"\d{5}", p)]
    return (parts[0], True) if len(parts) > 1 else (text, False)


def _one_phone(text: str, typed: str) -> PhoneReading:
    core = plain(text).strip("'‘’`\"“”")
    core = re.sub(r"^(?:电话|手机|座机|联系电话|tel)[::]?", "", core, flags=re.IGNORECASE)
    if re.fullmatch(r"\d+(?:\.\d+)?[eE]\+?0*1?\d|\d+\.0+", core):
        core = str(int(float(core)))
    digits = re.sub(r"[-‐‑–—−－·.()\s]", "", core)
    digits = re.sub(r"^(?:\+?0{0,2}86)(?=1[3-9]\d{9}$)", "", digits)
    if _MOBILE.fullmatch(digits):
        return PhoneReading(digits, "mobile")
    if match := _AREA.fullmatch(digits):
        return PhoneReading(f"{match[1]}-{match[2]}", "landline")
    if match := re.fullmatch(r"(.+?)(?:转|x|ext\.?)(\d{1,6})", digits, flags=re.IGNORECASE):
        main = _one_phone(match[1], typed)
        if main.kind in ("landline", "short"):
            return PhoneReading(f"{main.phone}转{match[2]}", "landline", main.doubt)
    if re.fullmatch(r"[2-9]\d{6,7}", digits):
        return PhoneReading(digits, "landline", f"“{typed}”没有区号")
    if re.fullmatch(r"\d{3,6}", digits):
        return PhoneReading(digits, "short", f"“{typed}”像是短号，请核对")
    if re.fullmatch(r"\d+", digits):
        return PhoneReading(digits, "odd", f"电话“{typed}”是{len(digits)}位，请核对")
    return PhoneReading(typed, "odd", f"电话“{typed}”看不懂，按原样保留")


# ---- identity numbers (GB 11643) ---------------------------------------------------------------


@dataclass(frozen=True)
class IdentityReading:
    """An identity number as understood: "" when it is not whole; birth and sex as far as legible."""

    number: str
    birth: date | None
    sex: Literal["男", "女"] | None
    doubts: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether length, birth date and check digit hold."""
        return bool(self.number) and not self.doubts


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LOST_DIGITS = "电子表格只存了15位，后三位已丢失"


def check_digit(first17: str) -> str:
    """The eighteenth character for 17 digits (GB 11643-1999, weights mod 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def read_identity(text: str, *, today: date, number_cell: bool = False) -> IdentityReading:
    """Read an identity number; whatever is wrong becomes a doubt, so that no row is ever lost for it.

    `number_cell` says that a spreadsheet kept it as a number, of which only 15 digits are true.
    """
    typed = clean_text(text)
    core = plain(typed).strip("'‘’`").upper().replace("×", "X").replace("Х", "X")
    core = re.sub(r"[-_.]", "", core) if not re.search(r"\dE\+?\d", core) else core
    if is_nothing(core):
        return IdentityReading("", None, None, ())
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", core):
        return _damaged(f"{float(core):.0f}", today)
    if number_cell and re.fullmatch(r"\d{18}", core):
        return _damaged(core, today)
    if re.fullmatch(r"\d{15}000", core) and check_digit(core[:17]) != "0":
        return _damaged(core, today)
    if re.fullmatch(r"\d{17}[\dX]", core):
        return _eighteen(core, today)
    if re.fullmatch(r"\d{15}", core):
        birth, doubt = _birth("19" + core[6:12], today)
        doubts = ("15位旧号码，请核对",) + ((doubt,) if doubt else ())
        return IdentityReading(core, birth, "男" if int(core[14]) % 2 else "女", doubts)
    if "*" in core:
        return IdentityReading("", None, None, (f"身份证号“{typed}”已被遮盖，无法登记",))
    if re.fullmatch(r"[\dX]+", core) and len(core) != 18:
        return IdentityReading(core, None, None, (f"身份证号是{len(core)}位，应为18位，请核对",))
    return IdentityReading(core[:18], None, None, (f"身份证号“{typed}”看不懂，请核对",))


def _damaged(digits: str, today: date) -> IdentityReading:
    birth, doubt = _birth(digits[6:14], today) if len(digits) == 18 else (None, None)
    return IdentityReading("", birth, None, (LOST_DIGITS,) + ((doubt,) if doubt else ()))


def _eighteen(core: str, today: date) -> IdentityReading:
    birth, doubt = _birth(core[6:14], today)
    doubts = [doubt] if doubt else []
    if check_digit(core[:17]) != core[17]:
        doubts.append("身份证号校验码不对，请核对")
    return IdentityReading(core, birth, "男" if int(core[16]) % 2 else "女", tuple(doubts))


def _birth(digits: str, today: date) -> tuple[date | None, str | None]:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None, f"身份证号里的出生日期“{digits}”不存在，请核对"
    if not date(1900, 1, 1) <= birth <= today:
        return None, f"身份证号里的出生日期{show_day(birth)}不对，请核对"
    return birth, None


# ---- counts of people --------------------------------------------------------------------------


@dataclass(frozen=True)
class CountReading:
    """A number of people, the households when named, and what the clerk should be asked about it."""

    count: int
    households: int | None = None
    doubt: str | None = None


_ABOUT = re.compile(r"约|大概|左右|余|多|来(?=[人名个])|近|上下|以上")
_PEOPLE = r"(?:多|余)?(?:人次|人|名|位|个人|个|口人|口|批次)?"


def read_count(text: str) -> CountReading:
    """Read a number of people: 12, 1人, 3户7人, 一家三口, 约20人, 1-2. Raises Unreadable."""
    typed = clean_text(text)
    core = arabic(plain(typed).strip("'‘’"))
    core = re.sub(r"(?<=\d)\.0+(?!\d)", "", core)
    if re.fullmatch(r"[^\d]*\d{1,3}(?:,\d{3})+[^\d,]*", core):
        core = core.replace(",", "")
    about = bool(_ABOUT.search(core))
    core = re.sub(r"约|大概|左右|上下|以上|近|共|计|等|来(?=[人名个])", "", core)
    asked = f"“{typed}”按{{}}人理解"
    if match := re.fullmatch(rf"1行(\d+){_PEOPLE}", core):
        return CountReading(int(match[1]), None, asked.format(int(match[1])))
    if match := re.fullmatch(rf"(\d+){_PEOPLE}", core):
        count = int(match[1])
        if count > 100_000:
            raise Unreadable(f"人数“{typed}”太大，请核对。")
        return CountReading(count, None, asked.format(count) if about else None)
    if match := re.fullmatch(rf"(\d+)户[,、(]?(\d+){_PEOPLE}\)?", core):
        households, count = int(match[1]), int(match[2])
        return CountReading(count, households, f"“{typed}”按{households}户、{count}人理解")
    if match := re.fullmatch(r"(?:1|全)家[子人]?(\d+)口人?|(\d+)口之家", core):
        count = int(match[1] or match[2])
        return CountReading(count, 1, asked.format(count))
    if match := re.fullmatch(rf"(\d+)(?:-|~|—|至|到|、)(\d+){_PEOPLE}", core):
        count = max(int(match[1]), int(match[2]))
        return CountReading(count, None, asked.format(count))
    if match := re.fullmatch(r"(\d+)户", core):
        count = int(match[1])
        return CountReading(count, count, f"“{typed}”只写了户数，按每户1人、共{count}人理解")
    if re.fullmatch(r"夫妻2?人?|夫妇2?人?|2口子|母[子女]|父[子女]|本人", core):
        count = 1 if core == "本人" else 2
        return CountReading(count, None, asked.format(count))
    if match := re.search(rf"[等共](\d+|[{NUMERAL_CHARS}]+){_PEOPLE}$", plain(typed)):
        count = chinese_number(match[1]) or 0
        return CountReading(count, None, asked.format(count))
    raise Unreadable(f"看不懂人数“{typed}”，请填数字。")


def read_number(text: str) -> int:
    """Read a whole number not below zero (votes, totals, sequence numbers). Raises Unreadable."""
    core = re.sub(r"\.0+$", "", plain(clean_text(text)).replace(",", ""))
    value = chinese_number(re.sub(r"(?<=.)[人名位票张份个次件户]$", "", core))
    if value is None:
        raise Unreadable(f"“{text.strip()}”不是数字，请核对。")
    return value


# ---- masking -----------------------------------------------------------------------------------


def mask_phone(phone: str) -> str:
    """139****2217: what lists show of a phone number."""
    digits = phone.strip()
    if len(digits) < 8:
        return "*" * max(len(digits) - 2, 0) + digits[-2:]
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else f"****{digits[-4:]}"


def mask_name(name: str) -> str:
    """张**: the first character only, whatever the length of the name."""
    return f"{name[0]}**" if name else ""


def mask_identity(number: str) -> str:
    """4331**********123X: division and check, without the birth date."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}" if len(number) > 8 else "*" * len(number)
