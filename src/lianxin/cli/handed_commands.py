"""`handed`: what a county hands down to its townships, and what came at a township, put in, taken back, taken into use."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.bootstrap import App
from lianxin.cli.commands import Run
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice

if TYPE_CHECKING:
    from lianxin.county.outgoing.handed_down import Handing

Make = Callable[[App, argparse.Namespace], "tuple[Handing, ...]"]


def _handed(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.domain.handed_down import BadHanded
    from lianxin.office.paperwork.templates import TemplateRefused
    from lianxin.office.trust.trusting import NotThisOffice

    try:
        if told.give:
            _give(app, told, voice)
        elif told.take_back:
            _take_back(app, told, voice)
        elif told.use:
            _use(app, told, voice)
        else:
            _list(app, voice)
    except (BadHanded, TemplateRefused) as wrong:
        raise CommandProblem(str(wrong).rstrip("。"), code="C226", status=REFUSED) from wrong
    except NotThisOffice as elsewhere:
        raise CommandProblem(elsewhere.message, code=elsewhere.code) from elsewhere
    return DONE


def _list(app: App, voice: Voice) -> None:
    from lianxin.office.desk import office_of
    from lianxin.office.trust.trusting import is_county

    with app.desk.store.reading() as reading:
        county = is_county(office_of(reading).office_type)
    (_list_standing if county else _list_came)(app, voice)


def _list_standing(app: App, voice: Voice) -> None:
    from lianxin.county.outgoing.handed_down import handed_things

    for each in handed_things(app.desk):
        voice.tell(
            {
                "key": each.key, "subject": each.subject, "title": each.title, "version": each.version,
                "date": each.day.isoformat(), "to": list(each.to), "has": list(each.has), "told": list(each.told),
                "waits": list(each.waits), "stale": each.stale,
            },
            f"{each.key}　{each.subject_label}　{each.title}　{each.version}　{each.spread}",
        )  # fmt: skip


def _list_came(app: App, voice: Voice) -> None:
    from lianxin.office.handed.handed_down import STANDING_WORDS, what_came

    for each in what_came(app.desk):
        voice.tell(
            {
                "uid": each.uid, "subject": each.subject, "title": each.title, "version": each.version,
                "date": each.day.isoformat(), "standing": each.standing,
            },
            f"{each.uid}　{each.subject_label}　{each.title}　{STANDING_WORDS[each.standing]}",
        )  # fmt: skip


def _give(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.county.outgoing.handed_down import hand_down

    made = _MAKERS[told.give](app, told)
    if told.town:
        made = tuple(replace(each, codes=tuple(told.town)) for each in made)
    changed = bool(hand_down(app.desk, *made))
    for each in made:
        words = "已下发，随下一次回执发到乡镇" if changed else "和已经下发的一样，没有改动"
        key = f"{each.subject} {each.slot}".strip()
        voice.tell({"key": key, "title": each.title, "changed": changed}, f"{each.title}：{words}")


def _take_back(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.county.outgoing.handed_down import withdraw

    withdraw(app.desk, told.take_back)
    voice.tell({"key": told.take_back}, "已收回，随下一次回执从乡镇撤下")


def _use(app: App, told: argparse.Namespace, voice: Voice) -> None:
    from lianxin.office.handed.handed_down import take_into_use

    changes = take_into_use(app.desk, told.use)
    voice.tell({"uid": told.use, "written": len(changes)}, f"已采用，写了{len(changes)}条记录")


def _file(told: argparse.Namespace) -> Path:
    if told.file is None:
        raise CommandProblem("请用 --file 写明内容在哪个文件里；没有改动任何数据", code="C201")
    return Path(told.file)


def _text(told: argparse.Namespace) -> str:
    try:
        return _file(told).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise CommandProblem("内容应是 UTF-8 的文字文件；没有改动任何数据", code="C211") from wrong


def _categories(app: App, told: argparse.Namespace) -> tuple[Handing, ...]:
    from lianxin.county.outgoing.handed_down import categories_handing

    return (categories_handing(_text(told)),)


def _units(app: App, told: argparse.Namespace) -> tuple[Handing, ...]:
    from lianxin.county.outgoing.handed_down import units_handing

    return (units_handing(_text(told)),)


def _theme(app: App, told: argparse.Namespace) -> tuple[Handing, ...]:
    from lianxin.county.outgoing.handed_down import theme_handing

    return (theme_handing({"year": str(told.year or ""), "name": told.name or ""}),)


def _template(app: App, told: argparse.Namespace) -> tuple[Handing, ...]:
    from lianxin.county.outgoing.handed_down import layout_handing
    from lianxin.domain.handed_down import OwnLayout
    from lianxin.office.papers.catalogue import PAPERS
    from lianxin.office.paperwork.templates import check_layout

    paper, file = told.name or "", _file(told)
    content = file.read_bytes()
    check_layout(app.desk, paper, content)
    return (layout_handing(PAPERS[paper].label, OwnLayout(paper, file.name, content)),)


def _roster(app: App, told: argparse.Namespace) -> tuple[Handing, ...]:
    from lianxin.county.outgoing.handed_down import roster_handings

    found = roster_handings(app.desk)
    if not found:
        raise CommandProblem("名册里没有和乡镇对得上的县级以上代表，没有下发", code="C226", status=REFUSED)
    return found


def _rules(app: App, told: argparse.Namespace) -> tuple[Handing, ...]:
    from lianxin.county.outgoing.handed_down import rules_handing

    return (rules_handing(app.desk),)


_MAKERS: dict[str, Make] = {
    "categories": _categories,
    "units": _units,
    "theme": _theme,
    "template": _template,
    "roster": _roster,
    "rules": _rules,
}
COMMANDS: dict[str, Run] = {"handed": _handed}
