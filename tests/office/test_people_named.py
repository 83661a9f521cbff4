"""Words of a matter's steps and of later corrections that name a visitor lie beside their entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lianxin.domain.journal import Entry
from lianxin.domain.records import Contact, HandlingUnit, Opinion, Reply, Visitor
from lianxin.office.cases.correcting import correct_visit, standing_visit
from lianxin.office.cases.opinions import (
    assign,
    change_opinion,
    merge_opinion,
    record_feedback,
    record_reply,
    register_opinion,
    route,
)
from lianxin.office.cases.registering import Raised, register_visit
from lianxin.office.putting import put_told
from lianxin.office.records import new_uid, save_record, undo_changes
from tests.office.sealed_town import all_entries
from tests.office.township import Township, new_township

NAME, OTHER, DAY = "田金玉", "彭世兰", date(2026, 11, 20)
NAMING = f"已上门向{NAME}说明"


@pytest.fixture
def town(tmp_path: Path) -> Township:
    return new_township(tmp_path)


def visit(
    town: Township, name: str = NAME, joined: str | None = None, words: str = "断水"
) -> tuple[str, str]:
    """(contact, its matter or the one it was joined to)."""
    done = register_visit(
        town.desk,
        contact=Contact(uid="", channel="visit", day=DAY, words=words, joined=joined),
        visitors=[Visitor(uid="", contact="", name=name)],
        raised=None if joined else Raised("02"),
    )
    return done.contact.uid, done.opinion.uid if done.opinion else str(joined)


def last(town: Township) -> Entry:
    return all_entries(town)[-1]


def open_values(town: Township) -> list[str]:
    """Every text that stands in an entry itself."""
    return [
        write.value
        for entry in all_entries(town)
        for write in entry.fields.values()
        if write.commitment is None and isinstance(write.value, str)
    ]


def names_nobody(town: Township) -> bool:
    return not any(name in text for text in open_values(town) for name in (NAME, OTHER))


def test_every_step_of_a_matter(town: Township) -> None:
    _, matter = visit(town)
    unit = town.uid(HandlingUnit, "镇水务站")
    route(town.desk, opinion=matter, way="assigned", day=DAY, reason=NAMING)
    assign(town.desk, opinion=matter, day=DAY, unit=unit, demand=NAMING)
    record_reply(town.desk, opinion=matter, day=DAY, result="A", words=NAMING)
    record_feedback(town.desk, opinion=matter, day=DAY, overall="unreached", words=NAMING)
    assert names_nobody(town)
    record_reply(town.desk, opinion=matter, day=DAY, result="A", words="水管已换好")
    assert last(town).fields["words"].value == "水管已换好"


def test_a_matter_registered_by_itself_and_changed_later(town: Township) -> None:
    made = register_opinion(
        town.desk,
        opinion=Opinion(uid=new_uid(town.desk), title="", words=f"{NAME}家断水", registered=DAY),
        visitor=Visitor(uid=new_uid(town.desk), contact="", name=NAME),
    ).opinion
    change_opinion(town.desk, replace(made, title=f"{NAME}家断水", remark=NAMING), opened=made)
    assert names_nobody(town)


def test_whoever_joined_the_matter_and_whoever_raised_it(town: Township) -> None:
    _, matter = visit(town)
    visit(town, OTHER, joined=matter, words=f"和{NAME}家一样断水")
    route(town.desk, opinion=matter, way="assigned", day=DAY, unit=town.uid(HandlingUnit, "镇水务站"))
    record_reply(town.desk, opinion=matter, day=DAY, result="A", words=f"向{NAME}、{OTHER}两户说明")
    _, second = visit(town, OTHER)
    merge_opinion(town.desk, opinion=second, into=matter, day=DAY, reason=f"与{NAME}反映的是一件事")
    record_reply(town.desk, opinion=matter, day=DAY, result="A", words=f"{OTHER}家也接通了")
    assert names_nobody(town)


def test_corrections_and_what_is_put_by_file(town: Township) -> None:
    contact, matter = visit(town)
    standing = standing_visit(town.desk, contact)
    assert standing is not None
    correct_visit(
        town.desk,
        contact=replace(standing.contact, words=f"{NAME}家和邻居断水"),
        visitors=standing.visitors,
        opened=standing,
    )
    put_told(town.desk, kind="reply", told={"opinion": matter, "words": NAMING, "date": "2026-11-20"})
    put_told(town.desk, kind="contact", told={"uid": contact, "words": f"{NAME}家断水四天"})
    told = put_told(
        town.desk,
        kind="contact",
        told={
            "类型": "来访",
            "日期": "2026-11-20",
            "反映内容": f"{OTHER}反映路灯不亮",
            "人次": 1,
            "来访人": OTHER,
        },
    )
    assert told.outcome == "new" and names_nobody(town)


def test_a_register_form_and_a_field_of_one_unit(town: Township) -> None:
    _, matter = visit(town)
    route(town.desk, opinion=matter, way="assigned", day=DAY, unit=town.uid(HandlingUnit, "镇水务站"))
    record_reply(town.desk, opinion=matter, day=DAY, result="A", words=NAMING)
    with town.desk.store.reading() as reading:
        (reply,) = reading.all(Reply)
    saved = save_record(town.desk, replace(reply, result="B"), opened=reply)
    assert saved.changes[0].outcome == "changed" and names_nobody(town)


def test_undoing_brings_the_words_back_but_not_openly(town: Township) -> None:
    contact, _ = visit(town, words=f"{NAME}家断水")
    with town.desk.store.reading() as reading:
        found = reading.get(Contact, contact)
    assert found is not None
    saved = save_record(town.desk, replace(found, words="断水"), opened=found)
    undo_changes(town.desk, saved.changes)
    with town.desk.store.reading() as reading:
        back = reading.get(Contact, contact)
    assert back is not None and back.words == f"{NAME}家断水" and names_nobody(town)


def test_writing_another_field_beside_does_not_open_it(town: Township) -> None:
    _, matter = visit(town)
    route(town.desk, opinion=matter, way="assigned", day=DAY, unit=town.uid(HandlingUnit, "镇水务站"))
    record_reply(town.desk, opinion=matter, day=DAY, result="A", words=NAMING)
    with town.desk.store.reading() as reading:
        (reply,) = reading.all(Reply)
    # Whoever writes without knowing of visitors at all: what lies beside stays there.
    with town.desk.store.writing(reason="别处") as writing:
        writing.put(replace(reply, result="C"), opened=reply)
    assert names_nobody(town)
