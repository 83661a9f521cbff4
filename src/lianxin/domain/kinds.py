"""The kinds of value a field can have: how each is read as typed, packed for store and wire, and shown."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from lianxin.domain import checks, dates
from lianxin.domain.codes import CodeList
from lianxin.domain.dates import Unreadable
from lianxin.domain.dictionary import Kind, Wire, text_of

_BLOB = re.compile(r"[0-9a-f]{64}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,2})?")

EXACT_INTEGER = 2**53
"""Largest integer every JSON reader keeps exactly (journal.md, "Values on the wire")."""


def _read_text(text: str, _today: date) -> str:
    return checks.clean_text(text)


def _read_name(text: str, _today: date) -> str:
    return checks.read_name(text).name


def _read_phone(text: str, _today: date) -> str:
    return checks.read_phone(text).phone


def _read_identity(text: str, today: date) -> str:
    return checks.read_identity(text, today=today).number


def _read_day(text: str, today: date) -> date:
    return dates.read_day(text, today=today).day


def _read_month(text: str, today: date) -> str:
    return dates.read_month(text, today=today).month


def _read_count(text: str, _today: date) -> int:
    count = checks.read_count(text).count
    if count > EXACT_INTEGER:
        raise Unreadable(f"“{text}”太大了")
    return count


def _read_year(text: str, today: date) -> int:
    named = {"今年": today.year, "本年": today.year, "去年": today.year - 1, "明年": today.year + 1}
    if text in named:
        return named[text]
    digits = checks.fold_text(text).removesuffix("年度").removesuffix("年")
    if not re.fullmatch(r"(?:19|20)[0-9]{2}", digits):
        raise Unreadable(f"“{text}”不是年份，请写成 {today.year}")
    return int(digits)


def _read_decimal(text: str, _today: date) -> Decimal:
    try:
        value = Decimal(checks.fold_text(text).replace(",", ""))
    except InvalidOperation as wrong:
        raise Unreadable(f"“{text}”不是数字，请核对") from wrong
    if not value.is_finite() or abs(value) > EXACT_INTEGER:
        raise Unreadable(f"“{text}”太大了")
    if value != round(value, 2):
        raise Unreadable(f"“{text}”最多写两位小数")
    return value


def _read_clock(text: str, _today: date) -> time:
    hours, _, minutes = (
        text.replace("：", ":").replace("时", ":").replace("点", ":").rstrip("分").partition(":")
    )
    try:
        return time(int(hours), int(minutes or "0"))
    except (ValueError, OverflowError) as wrong:
        raise Unreadable(f"“{text}”不是时间，请写成 9:30") from wrong


def _read_yes_no(text: str, _today: date) -> bool:
    if text in {"是", "有", "√", "✓", "1", "true", "True", "y", "Y"}:
        return True
    if text in {"否", "无", "没有", "×", "0", "false", "False", "n", "N"}:
        return False
    raise Unreadable(f"“{text}”请填是或否")


def _read_blob(text: str, _today: date) -> str:
    if not _BLOB.fullmatch(text):
        raise Unreadable("文件内容不能手填，请用“添加附件”")
    return text


@lru_cache(maxsize=8192)
def _unpack_day(wire: Wire) -> date:
    try:
        return date.fromisoformat(text_of(wire))
    except ValueError:
        return date.min


def _unpack_clock(wire: Wire) -> time:
    try:
        return time.fromisoformat(text_of(wire)).replace(tzinfo=None)
    except ValueError:
        return time()


def plain_decimal(value: Decimal) -> str:
    """Plain digits without exponent or trailing zeros, so that equal numbers are equal on the wire."""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def _unpack_decimal(wire: Wire) -> Decimal:
    text = text_of(wire)
    return Decimal(text) if _DECIMAL.fullmatch(text) else Decimal()


def _unpack_count(wire: Wire) -> int:
    return wire if isinstance(wire, int) else 0


def _show_yes_no(value: bool) -> str:
    return "是" if value else "否"


def _show_clock(value: time) -> str:
    return value.strftime("%H:%M")


TEXT: Kind[str] = Kind("text", _read_text, str, text_of, str, "")
LINES: Kind[str] = Kind("lines", _read_text, str, text_of, str, "", lines=True)
NAME: Kind[str] = Kind("name", _read_name, str, text_of, str, "", mask=checks.mask_name, person_name=True)
PHONE: Kind[str] = Kind("phone", _read_phone, str, text_of, str, "", mask=checks.mask_phone)
IDENTITY: Kind[str] = Kind("identity", _read_identity, str, text_of, str, "", mask=checks.mask_identity)
DAY: Kind[date] = Kind("day", _read_day, date.isoformat, _unpack_day, dates.show_day, date.min)
MONTH: Kind[str] = Kind("month", _read_month, str, text_of, dates.show_month, "")
CLOCK: Kind[time] = Kind(
    "clock", _read_clock, lambda t: t.strftime("%H:%M"), _unpack_clock, _show_clock, time()
)
COUNT: Kind[int] = Kind("count", _read_count, int, _unpack_count, str, 0, column="integer")
YEAR: Kind[int] = Kind("year", _read_year, int, _unpack_count, str, 0, column="integer")
"""A calendar year, typed 2026, 2026年度 or 今年."""
DECIMAL: Kind[Decimal] = Kind(
    "decimal", _read_decimal, plain_decimal, _unpack_decimal, plain_decimal, Decimal()
)
"""A number with at most two decimals (points, days of duty in halves), packed as text, never as a float."""
YES_NO: Kind[bool] = Kind("yes_no", _read_yes_no, bool, bool, _show_yes_no, False, column="integer")


OWNER: Kind[str] = Kind("owner", _read_text, str, text_of, str, "")
"""The uid of the record something belongs to, of whatever kind; the kind stands in a field beside it."""
BLOB: Kind[str] = Kind("blob", _read_blob, str, text_of, str, "")
"""The SHA-256 of a file kept among the data, 64 hex digits. The store keeps a file as long as a known value
names it, so a blob is always personal: beside its entry, where `erase` reaches it."""


def one_of(codes: CodeList) -> Kind[str]:
    """A code of this list; typed as code, label or any synonym."""

    def parse(text: str, _today: date) -> str:
        found = codes.find(text)
        if found is None:
            words = "、".join(code.label for code in codes.codes)
            raise Unreadable(f"没有“{text}”这一项，可填：{words}")
        return found.code

    return Kind("code", parse, str, text_of, codes.label_of, "", codes=codes)


def some_of(codes: CodeList) -> Kind[tuple[str, ...]]:
    """A small set of codes chosen at once, in the order of the list; packed as one comma-joined string."""
    order = {code.code: place for place, code in enumerate(codes.codes)}

    def parse(text: str, _today: date) -> tuple[str, ...]:
        found = []
        for word in text.replace("，", "、").replace(",", "、").replace(" ", "、").split("、"):
            if word:
                code = codes.find(word)
                if code is None:
                    raise Unreadable(f"没有“{word}”这一项")
                found.append(code.code)
        return tuple(sorted(set(found), key=lambda code: order.get(code, len(order))))

    def unpack(wire: Wire) -> tuple[str, ...]:
        return tuple(part for part in text_of(wire).split(",") if part)

    def show(values: tuple[str, ...]) -> str:
        return "、".join(codes.label_of(value) for value in values)

    return Kind("codes", parse, ",".join, unpack, show, (), codes=codes)


def ref(kind: str) -> Kind[str]:
    """The uid of a record of another kind; forms and ledgers show the name it leads to."""
    return Kind("ref", _read_text, str, text_of, str, "", refers=kind)
