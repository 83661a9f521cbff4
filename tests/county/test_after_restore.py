"""A county restored from an older backup: what it revoked since stays revoked, or a person is told to look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from lianxin.county.certificates.after_restore import confirm_checked, take_over_revocations, to_check
from lianxin.county.certificates.root_key import open_root
from lianxin.county.enrolment.enrolling import revoke, write_profile
from lianxin.domain.records import Station, Term
from lianxin.office.desk import Desk, current_term, main_station
from lianxin.office.enrolment.enrolling import accept_answer
from lianxin.office.trust.trusting import county_trust_in, desk_signer, enrolled
from lianxin.store.backup import backup
from lianxin.store.check import check
from lianxin.store.layout import ASIDE
from lianxin.store.passphrase import Argon2Cost, create_keyring, unlock
from lianxin.store.record_store import RecordStore, Surroundings
from lianxin.store.restore import restore
from tests.county.offices import COUNTY, TOWN, listed, records_of
from tests.county.posts import Posts, posts_in

WORDS = "开机口令"


@pytest.fixture
def posts(tmp_path: Path) -> Iterator[Posts]:
    with posts_in(tmp_path) as made:
        yield made


def saved(posts: Posts) -> Path:
    """A backup of the county as it stands."""
    store = posts.county.store
    if not (store.home / "key.json").exists():
        create_keyring(
            store.home,
            WORDS,
            random=lambda count: store.key.raw if count == len(store.key.raw) else os.urandom(count),
            cost=Argon2Cost(iterations=1, lanes=1, memory_kib=8),
        )
    to = posts.offices.folder / "backups"
    return backup(store.engine, store.key, store.home, to, now=posts.offices.clock.now)


@contextmanager
def restored(posts: Posts, file: Path, *, aside: bool = True) -> Iterator[Desk]:
    """The county from its backup, opened as the program opens it; without `aside` as on another computer."""
    store, clock = posts.county.store, posts.offices.clock
    store.close()
    done = restore(file, store.home, unlock=lambda folder: unlock(folder, WORDS), now=clock.now)
    assert done.aside is not None
    if not aside:
        shutil.rmtree(store.home / ASIDE)
    around = Surroundings(clock, Random("restored").randbytes, "电脑1", store.home / "witness")
    opened = Desk(RecordStore.open(store.home, store.key, around, actor="01"), posts.county.profile)
    posts.offices.county = opened
    try:
        yield opened
    finally:
        opened.store.close()


def number_of(desk: Desk) -> int:
    with desk.store.reading() as reading:
        held = county_trust_in(reading)
    assert held is not None
    return held.crl_number


def later(posts: Posts, **much: int) -> None:
    posts.offices.clock.now += timedelta(**much)


def test_revocations_in_the_former_data_are_taken_over(posts: Posts) -> None:
    posts.visit(posts.town)
    leaked = posts.send(posts.town)
    file = saved(posts)
    later(posts, days=3)
    done = revoke(posts.county, code=TOWN, to=posts.offices.folder / "answers")
    number = number_of(posts.county)
    with restored(posts, file) as county:
        assert not any(each.revoked_at for each in records_of(county)), "the backup does not know it"
        (taken,) = take_over_revocations(county)
        assert [(taken.serial, taken.revoked_at)] == [(each.serial, each.revoked_at) for each in done.records]
        assert (number_of(county), set(listed(posts.offices))) == (number, {int(taken.serial, 16)})
        (told,) = posts.receive(leaked)
        assert told.outcome.code == "E308"
        found = to_check(county)
        assert found is not None and found.offices == ("响水乡",)
        assert take_over_revocations(county) == (), "once"
        assert check(county.store).problems == ()


def test_without_former_data_numbers_rise_and_a_person_is_told(posts: Posts) -> None:
    file = saved(posts)
    for _ in range(3):
        later(posts, days=1)
        given = revoke(posts.county, code=TOWN, to=posts.offices.folder / "answers").file.path
    accept_answer(posts.offices.other, file=given)
    lost = number_of(posts.county)
    later(posts, minutes=5)
    with restored(posts, file, aside=False) as county:
        assert take_over_revocations(county) == ()
        found = to_check(county)
        assert found is not None and set(found.offices) == {"石牌镇", "响水乡"}
        assert all(name in found.words for name in ("石牌镇", "响水乡", "重新作废一次"))
        again = revoke(county, code=TOWN, to=posts.offices.folder / "answers").file.path
        assert number_of(county) > lost
        held = accept_answer(posts.offices.other, file=again).held
        assert held.crl_number == number_of(county)


def test_the_notice_stays_until_it_is_confirmed_and_comes_again_with_the_next_restore(posts: Posts) -> None:
    assert to_check(posts.county) is None and to_check(posts.town) is None
    file = saved(posts)
    with restored(posts, file) as county:
        former = county.store.replica
        assert to_check(county) is not None, "before anything is written"
        write_profile(county, to=posts.offices.folder / "answers")
        posts.visit(posts.town)
        posts.receive(posts.send(posts.town))
        assert county.store.replica != former
        assert to_check(county) is not None, "and after"
        confirm_checked(county)
        assert to_check(county) is None
        posts.visit(posts.town, day=4)
        posts.receive(posts.send(posts.town))
        assert to_check(county) is None
        second = saved(posts)
        with restored(posts, second) as anew:
            assert to_check(anew) is not None
            confirm_checked(anew)
            assert to_check(anew) is None, "also when it is the first write"
            posts.visit(posts.town, day=5)
            posts.receive(posts.send(posts.town))
            assert to_check(anew) is None


def test_a_signing_key_revoked_since_is_renewed_by_the_root(posts: Posts) -> None:
    file = saved(posts)
    later(posts, hours=1)
    revoke(posts.county, code=COUNTY, to=posts.offices.folder / "answers")
    with restored(posts, file) as county:
        before = desk_signer(county).key.key_id
        take_over_revocations(county)
        found = to_check(county)
        assert found is not None and found.own_revoked and "不要写回执" in found.words
        open_root(county)
        assert desk_signer(county).key.key_id != before
        found = to_check(county)
        assert found is not None and not found.own_revoked


def test_former_data_of_another_key_or_root_or_damaged_are_left_alone(posts: Posts) -> None:
    file = saved(posts)
    later(posts, hours=1)
    revoke(posts.county, code=TOWN, to=posts.offices.folder / "answers")
    with restored(posts, file) as county:
        for each in (county.store.home / ASIDE).rglob("*.sealed"):
            data = each.read_bytes()
            each.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        (county.store.home / ASIDE / "leer").mkdir()
        assert take_over_revocations(county) == ()
        assert to_check(county) is not None


def test_a_township_that_restores_has_nothing_to_look_through(posts: Posts) -> None:
    assert take_over_revocations(posts.town) == ()
    with posts.town.store.bookkeeping() as connection:
        connection.exec_driver_sql("UPDATE replica_state SET file_identity = ''")
    assert to_check(posts.town) is None


@pytest.mark.parametrize("back", [timedelta(days=29), timedelta(0)])
def test_the_numbers_of_lists_rise_whatever_the_clock_says(posts: Posts, back: timedelta) -> None:
    clock, to, numbers = posts.offices.clock, posts.offices.folder / "answers", [number_of(posts.county)]
    for step in (timedelta(minutes=1), timedelta(0), timedelta(days=30), -back):
        clock.now += step
        file = write_profile(posts.county, to=to).path
        numbers.append(number_of(posts.county))
    assert numbers == sorted(set(numbers))
    accept_answer(posts.town, file=file)
    held = enrolled(posts.town)
    assert held is not None and held.crl_number == numbers[-1]


def test_a_list_goes_on_naming_what_the_register_does_not_know(posts: Posts) -> None:
    file = saved(posts)
    later(posts, days=1)
    stranger = posts.offices.issue(posts.town, new_key=True).record
    revoke(posts.county, code=stranger.serial[:12], to=posts.offices.folder / "answers")
    with restored(posts, file) as county:
        take_over_revocations(county)
        assert stranger.serial not in {each.serial for each in records_of(county)}
        write_profile(county, to=posts.offices.folder / "answers")
        assert int(stranger.serial, 16) in listed(posts.offices)


def test_a_county_begins_nothing_with_the_term_or_station_of_a_township(posts: Posts) -> None:
    day = date(2026, 11, 20)
    with posts.town.store.writing(reason="届次、站点") as writing:
        theirs = Term(uid=writing.new_uid(), level="county", ordinal=19, start=date(2026, 1, 1))
        writing.put(theirs)
        writing.put(Station(uid=writing.new_uid(), name="石牌镇代表之家"))
    posts.visit(posts.town)
    posts.receive(posts.send(posts.town))
    with posts.county.store.reading() as reading:
        assert reading.get(Term, theirs.uid) is not None and reading.count(Station) > 0, "both came"
        found = current_term(reading, "county", day)
        assert found is None or reading.is_own(Term, found.uid)
        station = main_station(reading)
        assert station is None or reading.is_own(Station, station.uid)
    with posts.county.store.writing(reason="届次、站点") as writing:
        term = replace(theirs, uid=writing.new_uid(), ordinal=18)
        home = Station(uid=writing.new_uid(), name="县人大代表之家")
        writing.put(term)
        writing.put(home)
    with posts.county.store.reading() as reading:
        assert current_term(reading, "county", day) == term
        assert main_station(reading) == home
    with posts.town.store.reading() as reading:
        assert current_term(reading, "county", day) == theirs
