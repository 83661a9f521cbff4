"""接待日公告, the notice posted before a reception day (domain.md 4.2). No visitor ever stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from lianxin.documents.official.page import (
    BODY,
    add_blank,
    add_body,
    add_item,
    add_note,
    add_sealed_signature,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.word.text import Layout, Piece, document_bytes
from lianxin.domain.dates import show_day_weekday, show_hours

SCOPE = (
    "听取群众对本镇经济社会发展、民生实事、法律法规和政策执行情况的意见建议，以及需要向代表反映的其他事项。"
)
HINT = (
    "人大一般不办理具体案件。涉法涉诉事项请依法向有关机关提出；五人以上反映同一事项的，请推选不超过五名代表。"
    "来访时所留个人信息只用于登记、办理和反馈。"
)
_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class NoticeDeputy:
    """A deputy who receives, and of which level, in words (县人大代表)."""

    name: str
    level: str = ""


@dataclass(frozen=True)
class ReceptionNotice:
    """What is announced. `issuer` such as 石牌镇人民代表大会主席团; `number` as printed, such as （2026）3号."""

    issuer: str
    day: date
    signed: date
    place: str
    deputies: tuple[NoticeDeputy, ...]
    number: str = ""
    start: time | None = None
    end: time | None = None
    topic: str = ""
    invited: str = ""
    phone: str = ""
    scope: str = SCOPE
    hint: str = HINT


def reception_notice_docx(notice: ReceptionNotice) -> bytes:
    """The notice as an official document on one page."""
    document = official_page()
    title = f"{notice.issuer}公告"
    add_title(document, title)
    if notice.number:
        add_text(document, [Piece(notice.number, BODY)], Layout(align="center"))
    add_blank(document)
    about = f"“{notice.topic}”主题" if notice.topic else ""
    add_body(
        document,
        f"为密切人大代表同人民群众的联系，听取和反映群众意见建议，现将人大代表{about}接待日有关事项公告如下：",
    )
    for numeral, (heading, text) in zip(_NUMERALS, _items(notice), strict=False):
        add_item(document, f"{numeral}、{heading}：", text)
    add_sealed_signature(document, notice.issuer, notice.signed)
    add_note(document, f"联系电话：{notice.phone}" if notice.phone else "")
    return document_bytes(document, title=title, author=notice.issuer)


def _items(notice: ReceptionNotice) -> Sequence[tuple[str, str]]:
    items = [("时间", _when(notice)), ("地点", notice.place), ("接待代表", _deputies(notice.deputies))]
    if notice.invited:
        items.append(("邀请部门", notice.invited))
    return (*items, ("接待范围", notice.scope), ("提示", notice.hint))


def _when(notice: ReceptionNotice) -> str:
    hours = show_hours(notice.start, notice.end)
    return show_day_weekday(notice.day) + hours


def _deputies(deputies: Sequence[NoticeDeputy]) -> str:
    return "、".join(f"{one.name}（{one.level}）" if one.level else one.name for one in deputies)
