"""`outgoing`: numbers of outgoing documents told, taken, kept back, used later and made void."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from lianxin.bootstrap import App
from lianxin.cli.commands import Run
from lianxin.cli.saying import DONE, CommandProblem, Voice


def _outgoing(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.paperwork.outgoing_numbers import NumberRefused

    try:
        _STEPS[told.step](app, told, voice)
    except NumberRefused as wrong:
        raise CommandProblem(str(wrong).rstrip("。"), code="C224") from wrong
    return DONE


def _list(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.office.paperwork.outgoing_numbers import number_years

    with app.desk.store.reading() as reading:
        found = number_years(reading, told.year)
    for each in found:
        fates = {fate: [log.document for log in each.of(fate)] for fate in ("used", "reserved", "void")}
        voice.tell(
            {
                "sign": each.sign, "year": each.year, "next": each.next, "gaps": list(each.gaps),
                "doubled": list(each.doubled), "used": len(fates["used"]), "reserved": list(fates["reserved"]),
                "void": list(fates["void"]),
            },
            each.words(),
        )  # fmt: skip


def _take(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.office.paperwork.outgoing_numbers import take_number

    number, _ = take_number(
        app.desk, title=told.title or "", day=app.desk.today(), organ=told.organ or "", about=told.uid or "",
        reserve=told.reserve,
    )  # fmt: skip
    voice.tell({"number": number}, f"{'已预留' if told.reserve else '文号是'}{number}")


def _use(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.office.paperwork.outgoing_numbers import use_reserved

    use_reserved(
        app.desk, _number(told), title=told.title or "", day=app.desk.today(), organ=told.organ or "",
        about=told.uid or "",
    )  # fmt: skip
    voice.tell({"number": told.number}, f"已启用{told.number}")


def _void(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.office.paperwork.outgoing_numbers import void_number

    void_number(app.desk, _number(told), reason=told.reason or "")
    voice.tell({"number": told.number}, f"{told.number}已作废留号")


def _number(told: argparse.Namespace) -> str:
    if not told.number:
        raise CommandProblem("请写明是哪个文号，如 石镇人〔2026〕5号；没有改动任何数据", code="C201")
    return str(told.number)


_STEPS: dict[str, Callable[[App, argparse.Namespace, Voice], None]] = {
    "list": _list,
    "take": _take,
    "use": _use,
    "void": _void,
}
COMMANDS: dict[str, Run] = {"outgoing": _outgoing}
