"""Receipts as given: written, opened again where they lie, and remembered by number, day and place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lianxin.bundle.checkcode import hex_code
from lianxin.bundle.checking import checked
from lianxin.bundle.verdicts import Refused
from lianxin.county.outgoing.receipts import Due, Receipt, receipts_due, write_receipts
from lianxin.domain.canonical import JsonValue
from lianxin.domain.periods import Period
from lianxin.domain.records import ReceiptItem
from lianxin.office.desk import Desk
from lianxin.office.receiving.arriving import SCRATCH
from lianxin.office.receiving.gate import gate_of
from lianxin.office.sending.delivering import SendingFailed
from lianxin.store.reading import Condition, Reading

_GIVEN = "receipts-given"
_MOST = 600
"""Remembered; two years of a large county."""


@dataclass(frozen=True)
class Given:
    """One receipt that was written: its number, the day, where it was put, its 核对码."""

    code: str
    number: int
    day: date
    path: str
    spoken_code: str


@dataclass(frozen=True)
class Said:
    """What was said of one file of a township."""

    issue: str
    day: date
    verdict: str
    words: str
    check_code: str


@dataclass(frozen=True)
class Standing:
    """One township: what is due, the receipts given (latest first) and what they say (latest first)."""

    due: Due
    given: tuple[Given, ...]
    said: tuple[Said, ...]


def give_receipts(
    desk: Desk, *, to: Path, codes: Sequence[str] = (), again: bool = False
) -> tuple[Receipt, ...]:
    """Writes receipts and reads each back where it lies. Raises as `write_receipts`; SendingFailed (S230) for
    one that does not open there.
    """
    written = write_receipts(desk, to=to, codes=codes, again=again)
    _remember(desk, written)
    for each in written:
        _read_back(desk, each)
    return written


def standings(desk: Desk) -> tuple[Standing, ...]:
    """Every enrolled township with what it was given."""
    due = receipts_due(desk)
    with desk.store.reading() as reading:
        given = _given(reading)
        return tuple(
            Standing(
                each,
                tuple(one for one in reversed(given) if one.code == each.code),
                tuple(reversed(_said(reading, each.code))),
            )
            for each in due
        )


def _said(reading: Reading, code: str) -> list[Said]:
    found = [
        item
        for item in reading.all(ReceiptItem, Condition("addressee", "=", code))
        if reading.is_own(ReceiptItem, item.uid)
    ]
    return [
        Said(
            f"{Period.parse(item.period).label} 第{item.seq}期", item.day, item.shown("verdict"), item.words, item.check_code
        )
        for item in sorted(found, key=lambda item: (item.day, item.seq))
    ]  # fmt: skip


def _read_back(desk: Desk, receipt: Receipt) -> None:
    gate = gate_of(desk)
    try:
        with checked(
            receipt.path,
            now=desk.store.now(),
            trust=gate.trust,
            decrypt=gate.decrypt,
            scratch=desk.store.home / SCRATCH,
        ) as found:
            same = hex_code(found.digest) == receipt.check_code
    except Refused:
        same = False
    if not same:
        raise SendingFailed(
            f"回执 {receipt.path.name} 写好后读回来对不上，U盘可能有问题。县里的数据没有改动。"
            "请换一个U盘，选中这个乡镇再写一份。",
            "S230",
        )


def _remember(desk: Desk, written: Sequence[Receipt]) -> None:
    if not written:
        return
    with desk.store.reading() as reading:
        before = reading.setting(_GIVEN)
    kept: list[JsonValue] = list(before) if isinstance(before, list) else []
    kept += [
        {
            "code": each.code,
            "number": each.receipt_no,
            "day": desk.today().isoformat(),
            "path": str(each.path),
            "spoken": each.spoken_code,
        }
        for each in written
    ]
    desk.store.set_setting(_GIVEN, kept[-_MOST:])


def _given(reading: Reading) -> list[Given]:
    told = reading.setting(_GIVEN)
    return [
        Given(
            str(each["code"]), int(str(each["number"])), date.fromisoformat(str(each["day"])), str(each["path"]),
            str(each["spoken"]),
        )
        for each in (told if isinstance(told, list) else ())
        if isinstance(each, Mapping)
    ]  # fmt: skip
