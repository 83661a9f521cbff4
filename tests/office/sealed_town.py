"""An enrolled township with one visit that holds everything personal, and what tests of sealed sending ask of it."""

from __future__ import annotations

from datetime import date

from lianxin.domain.journal import Entry, parse_entry
from lianxin.domain.records import Contact, Visitor
from lianxin.office.cases.registering import register_visit
from lianxin.office.figuring import period_of
from lianxin.office.sending.personal_texts import office_streams
from lianxin.office.sending.report import send
from lianxin.office.sending.send import Sent
from lianxin.store.carrying import lines_beyond
from tests.office.sealed_county import County
from tests.office.township import Township

NAME, OTHER, PHONE, LOCAL = "田金玉", "彭世兰", "13912342217", "8234567"
IDENTITY, ADDRESS = "431230199001011234", "长坪村三组12号"
WORDS = f"我叫田 金玉，电话139 1234 2217，身份证{IDENTITY}。长坪村三组饮水管破损，26户断水4天。"
OPEN_WORDS = "村口路灯不亮"


def visit(town: Township, words: str, *visitors: Visitor) -> str:
    """A visit as the desk registers it; the uid of its contact."""
    done = register_visit(
        town.desk,
        contact=Contact(uid="", channel="visit", day=date(2026, 11, 20), words=words, persons=2),
        visitors=visitors or (Visitor(uid="", contact="", anonymous=True),),
        raised=None,
    )
    return done.contact.uid


def known_visitor() -> Visitor:
    return Visitor(uid="", contact="", name=NAME, phone=PHONE, identity_number=IDENTITY, address=ADDRESS)


def report(town: Township, folder: str = "out", *, plain: bool = False) -> Sent:
    return send(town.desk, period=period_of(town.desk, "2026-11"), to=town.folder / folder, plain=plain)


def all_entries(town: Township) -> list[Entry]:
    with town.desk.store.reading() as reading:
        lines = list(lines_beyond(reading, office_streams(reading), {}))
    return [parse_entry(each.line) for each in lines]


def counters(town: Township) -> dict[str, int]:
    with town.desk.store.reading() as reading:
        return {stream: reading.counters()[stream] for stream in office_streams(reading)}


def shown_values(county: County, sent: Sent) -> set[object]:
    return {kept.value for kept in county.values(sent.path).values()}
