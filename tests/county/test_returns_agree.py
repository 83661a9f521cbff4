"""Whatever is done in whatever order, both offices tell the same of a returned record once their files have crossed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from lianxin.county.outgoing.receipts import write_receipts
from lianxin.county.received.deciding import decide
from lianxin.office.desk import Desk
from lianxin.office.handover.accepting import accept
from lianxin.office.receiving.taking_back import rebuild
from lianxin.office.returned import returned_records
from tests.county.offices import TOWN
from tests.county.posts import Posts, posts_in

ORDERS = (("reword", "return", "send", "receipt", "pass", "return", "rebuild"),)
"""Many others were run through by chance; a report takes its time, so this one stays."""


def standing(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.store.reading() as reading:
        found = returned_records(reading)
    return sorted((each.told.about, each.told.reason, each.standing) for each in found)


def exchange(posts: Posts) -> None:
    for each in write_receipts(posts.county, to=posts.offices.folder / "down", codes=[TOWN]):
        accept(posts.town, [each.path])


@pytest.mark.parametrize("steps", ORDERS, ids=" ".join)
def test_both_offices_tell_the_same(steps: Sequence[str], tmp_path: Path) -> None:
    with posts_in(tmp_path) as posts:
        uid = posts.visit(posts.town)
        (told,) = posts.receive(posts.send(posts.town))
        place = str(told.bundle_id)
        for number, step in enumerate(steps):
            _do(posts, step, uid, place, number)
        exchange(posts)
        posts.receive(posts.send(posts.town, folder="last"))
        assert standing(posts.county) == standing(posts.town)
        assert all(state in ("open", "sent") for _, _, state in standing(posts.town))
        before = posts.hash_of()
        assert rebuild(posts.county).content_hash == before


def _do(posts: Posts, step: str, uid: str, place: str, number: int) -> None:
    match step:
        case "reword":
            posts.reword(posts.town, uid, f"第{number}次改")
        case "send":
            posts.receive(posts.send(posts.town, folder=f"stick {number}"))
        case "return":
            decide(posts.county, place, reasons={("contact", uid): f"第{number}个原因"})
        case "pass":
            decide(posts.county, place)
        case "receipt":
            exchange(posts)
        case "rebuild":
            rebuild(posts.county)
