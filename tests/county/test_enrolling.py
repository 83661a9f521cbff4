"""The county's register: who is in it, what revoking does, where the root is, and what nobody may smuggle in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from lianxin.bundle.checking import checked
from lianxin.bundle.manifest import Kind
from lianxin.county.certificates.register import registered
from lianxin.county.enrolment.enrolling import (
    former_of,
    issue_certificate,
    request_in,
    revoke,
    write_profile,
)
from lianxin.county.units import note_code_change
from lianxin.domain.identity import new_uid
from lianxin.domain.records import CodeChange, Contact, Enrolment
from lianxin.domain.roles import Acting
from lianxin.keys.sealed_for import new_reader
from lianxin.office.desk import Desk
from lianxin.office.enrolment.asked import ask_enrolment, take_answer
from lianxin.office.enrolment.enrolling import accept_answer
from lianxin.office.enrolment.files import EnrolmentRefused
from lianxin.office.numbers import next_number
from lianxin.office.safekeeping.after_handover import after_handover, note_handover
from lianxin.office.trust.trusting import (
    codes_of,
    desk_signer,
    reader_key,
    recipients_of,
    trust_of,
)
from lianxin.store.check import check
from lianxin.store.database import immediate
from lianxin.store.journal_log import tips
from lianxin.store.writing import Author, Writing
from tests.county.offices import (
    COUNTY,
    OTHER,
    TOWN,
    TOWN_NAME,
    Offices,
    answer,
    listed,
    new_desk,
    offices_in,
    records_of,
    refusal,
)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with offices_in(tmp_path) as made:
        yield made


def test_issuing_registers_the_desk(offices: Offices) -> None:
    done = offices.issue(offices.town)
    (_, record) = records_of(offices.county)
    assert record == done.record
    assert (record.code, record.name, record.place) == (TOWN, TOWN_NAME, "石牌镇")
    assert (record.device, record.replica) == ("电脑1", offices.town.store.replica)
    assert (record.issued, record.until) == (date(2026, 11, 20), date(2029, 11, 19))
    assert record.request_code == done.request.spoken_code
    assert (done.again, done.further) == (False, 0)
    trust = trust_of(offices.county)
    assert trust is not None
    assert trust.registry is not None
    assert trust.registry[TOWN] == frozenset([record.certificate_digest])
    assert recipients_of(offices.county, TOWN) == (reader_key(offices.town).recipient,)
    assert check(offices.county.store).problems == ()


def test_the_same_request_gets_the_same_certificate(offices: Offices) -> None:
    file = offices.request(offices.town)
    first, again = answer(offices, file), answer(offices, file)
    assert (first.again, again.again) == (False, True)
    assert first.record == again.record
    assert first.file.path != again.file.path
    with zipfile.ZipFile(first.file.path) as one, zipfile.ZipFile(again.file.path) as two:
        assert one.read("trust/office.crt") == two.read("trust/office.crt")
    assert len(records_of(offices.county)) == 2
    accept_answer(offices.town, file=again.file.path)


def test_near_its_end_a_certificate_is_issued_anew_for_the_same_key(offices: Offices) -> None:
    file = offices.request(offices.town)
    first = answer(offices, file)
    offices.clock.at(date(2029, 7, 1))
    later = answer(offices, offices.request(offices.town))
    assert (later.again, later.further) == (False, 0)
    assert later.record.key_id == first.record.key_id
    assert later.record.until > first.record.until
    trust = trust_of(offices.county)
    assert trust is not None
    assert trust.registry is not None
    assert len(trust.registry[TOWN]) == 2
    accept_answer(offices.town, file=later.file.path)
    assert len(recipients_of(offices.county, TOWN)) == 1


def test_another_key_is_a_further_desk_of_its_office(offices: Offices, tmp_path: Path) -> None:
    offices.enrol(offices.town)
    second = new_desk(tmp_path, offices.clock, TOWN, TOWN_NAME, number=2)
    done = offices.issue(second)
    assert (done.again, done.further) == (False, 1)
    assert len(recipients_of(offices.county, TOWN)) == 2
    assert [each.state for each in registered(offices.county)] == ["有效"] * 3
    assert offices.enrol(offices.town).certified, "the first desk stays"
    second.store.close()


def test_each_computer_of_an_office_numbers_from_a_block_of_its_own(offices: Offices, tmp_path: Path) -> None:
    second = new_desk(tmp_path, offices.clock, TOWN, TOWN_NAME, number=2)
    third = new_desk(tmp_path, offices.clock, TOWN, TOWN_NAME, number=3)
    day = date(2026, 11, 20)

    def serial(desk: Desk) -> str:
        with desk.store.writing(reason="编号") as writing:
            return next_number(writing, TOWN, Contact, day).rpartition("JF")[2]

    assert (serial(offices.town), serial(second)) == ("0001", "0001"), "before anybody knows of the other"
    for each in (offices.town, second, third, offices.other):
        offices.enrol(each)
    assert [serial(each) for each in (offices.town, second, third)] == ["0002", "5001", "6001"]
    # The same computer stays the same, also with a fresh key and when it asks again.
    offices.enrol(second, new_key=True)
    offices.enrol(second)
    offices.enrol(offices.town, new_key=True)
    assert [serial(each) for each in (offices.town, second, third)] == ["0003", "5002", "6002"]
    assert sorted(each.computer or 0 for each in records_of(offices.county) if each.code == TOWN) == [
        1,
        1,
        2,
        2,
        3,
    ]
    for each in (second, third):
        each.store.close()


def test_revoking_an_office_stops_all_its_desks_and_nobody_else(offices: Offices, tmp_path: Path) -> None:
    second = new_desk(tmp_path, offices.clock, TOWN, TOWN_NAME, number=2)
    for each in (offices.town, second, offices.other):
        offices.enrol(each)
    done = revoke(offices.county, code=TOWN, to=offices.folder / "answers")
    assert {each.code for each in done.records} == {TOWN}
    assert len(done.records) == 2
    at = offices.clock.now.astimezone(UTC)
    assert dict(listed(offices)) == {int(each.serial, 16): at for each in done.records}
    assert recipients_of(offices.county, TOWN) == ()
    assert len(recipients_of(offices.county, OTHER)) == 1
    with checked(
        done.file.path, now=offices.clock.now, trust=trust_of(offices.town), us=frozenset([""])
    ) as found:
        assert found.manifest.kind is Kind.PROFILE
    again = revoke(offices.county, code=TOWN, to=offices.folder / "answers")
    assert [each.revoked_at for each in again.records] == [each.revoked_at for each in done.records]
    second.store.close()


def test_one_computer_is_revoked_by_the_number_of_its_certificate(offices: Offices, tmp_path: Path) -> None:
    second = new_desk(tmp_path, offices.clock, TOWN, TOWN_NAME, number=2)
    offices.enrol(offices.town)
    lost = offices.issue(second).record
    done = revoke(offices.county, code=lost.serial[:8].upper(), to=offices.folder / "answers")
    assert [each.serial for each in done.records] == [lost.serial]
    assert offices.enrol(offices.town).certified
    second.store.close()


def test_a_revoked_key_is_never_certified_again_but_a_new_one_is(offices: Offices) -> None:
    offices.enrol(offices.town)
    file = offices.request(offices.town)
    revoke(offices.county, code=TOWN, to=offices.folder / "answers")
    refused = refusal(offices, lambda: answer(offices, file))
    assert (refused.code, "换新密钥" in refused.message) == ("K309", True)
    done = offices.issue(offices.town, new_key=True)
    assert (done.again, done.further) == (False, 0)
    held = accept_answer(offices.town, file=done.file.path).held
    assert held.certificate == desk_signer(offices.town).certificate_pem


def registry_of(offices: Offices) -> Mapping[str, frozenset[str]]:
    trust = trust_of(offices.county)
    assert trust is not None
    assert trust.registry is not None
    return trust.registry


def test_a_revoked_certificate_stays_known_so_that_it_is_told_from_a_strangers(offices: Offices) -> None:
    record = offices.issue(offices.town).record
    with offices.county.store.writing(reason="作废，清单还没有写成") as writing:
        writing.put(replace(record, revoked_at="2026-11-20T01:00:00+00:00"))
    assert TOWN not in registry_of(offices), "while no list names it, the register itself refuses it"
    revoke(offices.county, code=TOWN, to=offices.folder / "answers")
    assert set(listed(offices)) == {int(record.serial, 16)}
    assert registry_of(offices)[TOWN] == frozenset([record.certificate_digest])


def test_a_leaked_operating_key_is_replaced_at_once(offices: Offices) -> None:
    offices.enrol(offices.town)
    before = desk_signer(offices.county)
    done = revoke(offices.county, code=COUNTY, to=offices.folder / "answers")
    assert done.renewed
    after = desk_signer(offices.county)
    assert before.key.key_id != after.key.key_id
    assert set(listed(offices)) == {before.certificate.serial_number}
    accept_answer(offices.town, file=done.file.path)


def test_the_operating_certificate_is_renewed_when_the_root_is_at_hand(offices: Offices) -> None:
    before = desk_signer(offices.county)
    offices.clock.at(date(2029, 7, 1))
    write_profile(offices.county, to=offices.folder / "answers")
    after = desk_signer(offices.county)
    assert after.key.key_id == before.key.key_id
    assert after.certificate.not_valid_after_utc > before.certificate.not_valid_after_utc


def test_nobody_unknown_is_revoked(offices: Offices) -> None:
    record = offices.issue(offices.town).record
    for code in ("439901999", "", "4399", record.serial[:7], "zzzzzzzz"):
        refused = refusal(
            offices, lambda code=code: revoke(offices.county, code=code, to=offices.folder / "x")
        )
        assert refused.code == "K307"
    assert not (offices.folder / "x").exists()


# ---------------------------------------------------------------- what townships cannot write


def test_a_townships_records_never_enter_the_register(offices: Offices) -> None:
    own = offices.issue(offices.town).record
    county = offices.county
    forged_record = replace(
        own, uid=new_uid(offices.clock.now, offices.town.store.random), code=OTHER,
        recipient=new_reader().recipient,
    )  # fmt: skip
    change = CodeChange(
        uid=new_uid(offices.clock.now + timedelta(seconds=1), offices.town.store.random), former=OTHER,
        code=TOWN, day=date(2026, 1, 1),
    )  # fmt: skip
    with immediate(county.store.engine) as connection:
        foreign = Writing(
            connection, author=Author(f"{TOWN}-aaaaaaaaaaaa", Acting("01")), reason="", batch=None,
            clock=offices.clock, randomness=county.store.random, tips=tips(connection),
        )  # fmt: skip
        foreign.put(forged_record)
        foreign.put(change)
        foreign.finish()
    with county.store.reading() as reading:
        assert reading.get(Enrolment, forged_record.uid) is not None, "it is there, as a foreign record"
        assert codes_of(reading, TOWN) == {TOWN}
    assert recipients_of(county, OTHER) == ()
    trust = trust_of(county)
    assert trust is not None
    assert trust.registry is not None
    assert OTHER not in trust.registry
    assert len(registered(county)) == 2


# ---------------------------------------------------------------- renamed and merged


def test_codes_that_ended_lead_to_who_goes_on(offices: Offices) -> None:
    county = offices.county
    note_code_change(county, former="439901101", code="439901102", day=date(2020, 1, 1))
    note_code_change(county, former="439901103", code="439901102", day=date(2020, 1, 1))
    last = note_code_change(county, former="439901102", code="439901202", day=date(2026, 1, 1))
    assert note_code_change(county, former="439901102", code="439901202", day=date(2026, 1, 1)) == last
    with county.store.reading() as reading:
        assert codes_of(reading, "439901202") == {"439901202", "439901102", "439901101", "439901103"}
        assert codes_of(reading, "439901102") == {"439901102", "439901101", "439901103"}
        assert codes_of(reading, "439901101") == {"439901101"}


@pytest.mark.parametrize(
    ("former", "code"),
    [("439901102", "439901102"), ("439901202", "439901102"), ("439901102", "439901203"), ("4399", "439901102"),
     ("４３９９０１１０４", "439901102")],
)  # fmt: skip
def test_changes_that_make_no_sense_are_refused(offices: Offices, former: str, code: str) -> None:
    county = offices.county
    note_code_change(county, former="439901102", code="439901202", day=date(2026, 1, 1))
    with pytest.raises(EnrolmentRefused) as raised:
        note_code_change(county, former=former, code=code, day=date(2026, 2, 1))
    assert raised.value.code == "K307"


def test_after_a_handover_a_new_key_takes_the_place_of_the_old_one_in_one_answer(offices: Offices) -> None:
    offices.enrol(offices.town)
    note_handover(offices.town, giving="王芳", taking="李红")
    assert key_of(offices.town) == "open"
    ask_enrolment(offices.town, to=offices.folder / "requests")
    file = ask_enrolment(offices.town, to=offices.folder / "requests", new_key=True).path
    assert key_of(offices.town) == "asked"
    (former,) = former_of(offices.county, request_in(offices.county, file))
    issued = issue_certificate(offices.county, file=file, to=offices.folder / "answers", instead=True)
    assert [each.serial for each in issued.replaced] == [former.serial] and issued.further == 0
    assert former_of(offices.county, issued.request) == ()
    take_answer(offices.town, file=issued.file.path)
    assert key_of(offices.town) == "done"


def key_of(town: Desk) -> str:
    with town.store.reading() as reading:
        found = after_handover(reading)
    assert found is not None
    return found.key
