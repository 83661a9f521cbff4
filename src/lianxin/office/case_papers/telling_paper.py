"""The 来访事项告知单 of a matter, made of how it was guided and who came with it."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.documents.official.telling_notice import TellingNotice, telling_notice_docx
from lianxin.domain.dates import show_day
from lianxin.domain.records import Contact, Opinion, Routing, Telling, Visitor
from lianxin.office.desk import Desk, office_of
from lianxin.office.numbers import short_number
from lianxin.office.paperwork.paper import NoSuchMatter
from lianxin.office.paperwork.templates import own_look
from lianxin.store.reading import Reading

_GUIDED = ("guided", "to_petition")


def telling_notice(desk: Desk, opinion: str) -> tuple[str, bytes]:
    """File name and content. Raises NoSuchMatter when the matter is not here or was not guided elsewhere."""
    with desk.store.reading() as reading:
        matter = reading.get(Opinion, opinion)
        if matter is None:
            raise NoSuchMatter(f"没有找到这件意见（{opinion}），没有生成文件")
        routing = _guided(reading, opinion)
        if routing is None:
            raise NoSuchMatter("这件意见没有告知引导，没有告知单可打印。请先“梳理分流”选告知引导。")
        notice = _notice(desk, reading, matter, routing)
        made = own_look(desk, reading, "telling-notice", telling_notice_docx(notice), [opinion])
    return f"来访事项告知单_{notice.number or matter.number}.docx", made


def telling_notices(desk: Desk, uids: Sequence[str]) -> tuple[str, bytes]:
    """That of the first of these matters, for a page that prints what is chosen. Raises NoSuchMatter."""
    return telling_notice(desk, uids[0])


def _guided(reading: Reading, opinion: str) -> Routing | None:
    routings = reading.children(Routing, "opinion", [opinion])
    guided = [each for each in routings if each.route in _GUIDED]
    return max(guided, key=lambda each: (each.day, each.uid), default=None)


def _notice(desk: Desk, reading: Reading, matter: Opinion, routing: Routing) -> TellingNotice:
    office, profile = office_of(reading), desk.profile
    told = max(
        reading.children(Telling, "opinion", [matter.uid]),
        key=lambda each: (each.day, each.uid),
        default=None,
    )
    visitors = reading.children(Visitor, "contact", [matter.contact]) if matter.contact else []
    contact = reading.get(Contact, matter.contact) if matter.contact else None
    people = max(contact.persons if contact else 0, len(visitors))
    also = f"等{people}人" if people > 1 else ""
    petition = routing.guidance == "petition" or routing.route == "to_petition"
    competent = (
        f"有权处理的机关一般在受理之日起{profile.petition_days.shown}内办结，情况复杂的经批准可以延长"
        f"{profile.petition_extension.shown}（《信访工作条例》第三十四条）。"
    )
    return TellingNotice(
        number=short_number(told.number or "") if told else "",
        visitor=(visitors[0].name or "来访人") + also if visitors else "",
        raised=show_day(matter.registered),
        matter=matter.title,
        about=routing.shown("guidance") if routing.guidance not in (None, "other") else "",
        destination=(told.destination if told else None) or routing.guided_to or "",
        reason=(told.words if told else None) or routing.reason or "",
        issuer=office.name,
        contact=" ".join(part for part in (office.clerk, office.phone) if part),
        day=told.day if told else desk.today(),
        competent=competent if petition else "",
    )
