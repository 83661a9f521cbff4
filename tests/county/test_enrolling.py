"""The county's register: who is in it, what revoking does, where the root is, and what nobody may smuggle in."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from lianxin.bundle.checking import checked
from lianxin.bundle.manifest import Generator, Kind
from lianxin.bundle.sealing import SendingFacts
from lianxin.bundle.sealing_streams import seal
from lianxin.county.enrolling import Issued, issue_certificate, request_in, revoke, write_profile
from lianxin.county.register import note_code_change, registered
from lianxin.county.root_key import export_root, make_county_keys, open_root, root_state
from lianxin.domain.identity import new_uid
from lianxin.domain.records import CodeChange, Enrolment
from lianxin.keys.certificates import read_certificate, role_of, self_issued
from lianxin.keys.county_root import is_root
from lianxin.keys.keyfile import from_key_file
from lianxin.keys.requests import make_request
from lianxin.keys.revocation import read_list
from lianxin.keys.sealed_for import new_reader
from lianxin.keys.signing import SigningKey, generate_key
from lianxin.office.desk import Desk
from lianxin.office.enrolling import accept_answer
from lianxin.office.enrolment_files import OFFICE, REQUEST, EnrolmentRefused, json_part, trust_part
from lianxin.office.key_files import ROOT, key_file
from lianxin.office.trusting import (
    codes_of,
    county_trust_in,
    desk_signer,
    enrolments,
    reader_key,
    recipients_of,
    root_code,
    trust_of,
)
from lianxin.store.check import check
from lianxin.store.database import immediate
from lianxin.store.journal_log import tips
from lianxin.store.writing import Author, Writing
from tests.county.offices import COUNTY, OTHER, TOWN, TOWN_NAME, Offices, new_desk, offices_in

WORDS = "口令 一"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with offices_in(tmp_path) as made:
        yield made


def records(desk: Desk) -> list[Enrolment]:
    with desk.store.reading() as reading:
        return enrolments(reading)


def listed(offices: Offices) -> Mapping[int, datetime]:
    """What the county's newest list names."""
    with offices.county.store.reading() as reading:
        held = county_trust_in(reading)
    assert held is not None
    return read_list(held.crl, read_certificate(held.root_pem)).revoked


def refusal(offices: Offices, act: Callable[[], object]) -> EnrolmentRefused:
    """The refusal of a step that must leave register and list as they were."""
    before, list_before = records(offices.county), listed(offices)
    with pytest.raises(EnrolmentRefused) as raised:
        act()
    assert (records(offices.county), listed(offices)) == (before, list_before)
    return raised.value


def answer(offices: Offices, file: Path) -> Issued:
    return issue_certificate(offices.county, file=file, to=offices.folder / "answers")


def test_a_county_begins_with_root_operating_key_and_reader(offices: Offices) -> None:
    county = offices.county
    root = open_root(county)
    assert is_root(root.certificate)
    operating = desk_signer(county)
    assert role_of(operating.certificate) == "county"
    assert operating.key.key_id != root.key.key_id
    (own,) = records(county)
    assert (own.code, own.role, own.recipient) == (COUNTY, "county", reader_key(county).recipient)
    trust = trust_of(county)
    assert trust is not None
    assert trust.registry == {COUNTY: frozenset([own.certificate_digest])}
    before = (records(county), trust.crl)
    make_county_keys(county)
    assert (records(county), trust_of(county).crl) == before, "made once"  # type: ignore[union-attr]


def test_a_township_gets_no_county_keys(offices: Offices) -> None:
    make_county_keys(offices.town)
    assert not key_file(offices.town, ROOT).exists()
    assert records(offices.town) == []


def test_a_beginning_cut_off_anywhere_is_gone_on_with(tmp_path: Path, offices: Offices) -> None:
    places = ("keep_county_trust", "keep_key", "certify_operating_key", "reader_key")
    for number, place in enumerate(places):
        desk = new_desk(tmp_path, offices.clock, "439902", "清河县人大常委会", number=number)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(f"lianxin.county.root_key.{place}", cut)
            with pytest.raises(KeyboardInterrupt):
                make_county_keys(desk)
        make_county_keys(desk)
        root = open_root(desk)
        trust = trust_of(desk)
        assert trust is not None
        assert trust.root_pem == root.certificate_pem
        digests = {each.certificate_digest for each in records(desk)}
        assert role_of(desk_signer(desk).certificate) == "county"
        assert trust.registry == {"439902": frozenset(digests)}
        desk.store.close()


def cut(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_issuing_registers_the_desk(offices: Offices) -> None:
    done = offices.issue(offices.town)
    (_, record) = records(offices.county)
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
    assert len(records(offices.county)) == 2
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
    with offices.county.store.writing(reason="吊销，清单还没有写成") as writing:
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


# ---------------------------------------------------------------- the root


def test_exporting_moves_the_root_out_after_reading_the_copy_back(offices: Offices, tmp_path: Path) -> None:
    county = offices.county
    assert "根密钥仍在本机" in root_state(county).words
    done = export_root(county, to=tmp_path / "usb", passphrase=WORDS)
    assert done.moved
    assert not key_file(county, ROOT).exists()
    assert (
        root_code(from_key_file(done.path.read_bytes(), passphrase=WORDS).certificate_pem) == done.root_code
    )
    assert [path.name for path in (tmp_path / "usb").iterdir()] == [done.path.name]
    state = root_state(county)
    assert (state.here, state.copies, "另一个U盘" in state.words) == (False, (str(done.path),), True)
    second = export_root(county, to=tmp_path / "usb2", passphrase=WORDS, file=done.path)
    assert not second.moved
    state = root_state(county)
    assert (len(state.copies), "另一个U盘" in state.words) == (2, False)
    make_county_keys(county)
    assert not key_file(county, ROOT).exists(), "nobody makes another root"


def test_with_the_root_away_issuing_asks_for_its_file(offices: Offices, tmp_path: Path) -> None:
    county, file = offices.county, offices.request(offices.town)
    away = export_root(county, to=tmp_path / "usb", passphrase=WORDS).path
    to = tmp_path / "answers"
    assert refusal(offices, lambda: answer(offices, file)).code == "K303"
    wrong = refusal(
        offices, lambda: issue_certificate(county, file=file, to=to, root_file=away, passphrase="错的")
    )
    assert (wrong.code, "口令不对" in wrong.message) == ("K303", True)
    gone = refusal(
        offices,
        lambda: issue_certificate(county, file=file, to=to, root_file=tmp_path / "没有", passphrase=WORDS),
    )
    assert gone.code == "K303"
    assert not to.exists()
    done = issue_certificate(county, file=file, to=to, root_file=away, passphrase=WORDS)
    accept_answer(offices.town, file=done.file.path)


def test_another_countys_root_issues_nothing_here(offices: Offices, tmp_path: Path) -> None:
    forger = new_desk(tmp_path, offices.clock, COUNTY, "清江县人大常委会", number=9)
    make_county_keys(forger)
    strange = export_root(forger, to=tmp_path / "usb", passphrase=WORDS).path
    file = offices.request(offices.town)
    refused = refusal(
        offices,
        lambda: issue_certificate(
            offices.county, file=file, to=tmp_path / "answers", root_file=strange, passphrase=WORDS
        ),
    )
    assert (refused.code, "不是本县" in refused.message) == ("K303", True)
    forger.store.close()


def test_a_stick_that_spoils_the_root_keeps_it_here(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoiled(path: Path, size: int, fill: object, step: object) -> None:
        path.write_bytes(b"x" * size)

    monkeypatch.setattr("lianxin.county.root_key.write_part", spoiled)
    refused = refusal(offices, lambda: export_root(offices.county, to=tmp_path / "usb", passphrase=WORDS))
    assert refused.code == "K308"
    assert key_file(offices.county, ROOT).exists()
    assert list((tmp_path / "usb").iterdir()) == []
    assert root_state(offices.county).here


# ---------------------------------------------------------------- requests nobody should answer


def forged(
    offices: Offices, *, key: SigningKey, csr: bytes | None = None, code: str = TOWN, **told: str
) -> Path:
    """A request as its maker likes it, soundly signed with a key of his own."""
    replica = told.pop("manifest_replica", f"{code}-0123456789ab")
    facts = {
        "code": code, "name": "石牌镇人大", "place": "石牌镇", "device": "电脑", "replica": replica,
        "recipient": new_reader().recipient, **told,
    }  # fmt: skip
    now = offices.clock.now
    signer = self_issued(key, org_code=code, org_name="石牌镇人大", not_before=now)
    sealed = io.BytesIO()
    seal(
        sealed,
        kind=Kind.ENROLMENT,
        parts=[trust_part(REQUEST, csr or make_request(key, code, "石牌镇人大")), json_part(OFFICE, {**facts})],
        facts=SendingFacts(
            bundle_id=new_uid(now, offices.town.store.random), period="2026", org_code=code,
            org_name="石牌镇人大", replica=replica, seq=0, created_at=now,
            generator=Generator("x", "1"), schema=1,
        ),
        signer=signer,
    )  # fmt: skip
    path = offices.folder / "伪造.zip"
    path.write_bytes(sealed.getvalue())
    return path


def test_the_forger_of_these_tests_makes_sound_requests(offices: Offices) -> None:
    assert request_in(offices.county, forged(offices, key=generate_key())).applicant.code == TOWN


def test_requests_that_do_not_hang_together_are_refused(offices: Offices) -> None:
    mine, theirs = generate_key(), generate_key()
    wrong = {
        "another key in the request": {"csr": make_request(theirs, TOWN, "石牌镇人大")},
        "another code in the request": {"csr": make_request(mine, OTHER, "石牌镇人大")},
        "another code beside it": {"code_told": OTHER},
        "another desk beside it": {"replica": f"{TOWN}-aaaaaaaaaaaa"},
        "no reader": {"recipient": "age1nobody"},
        "a secret as reader": {"recipient": "AGE-SECRET-KEY-1QQQ"},
        "hidden characters": {"name": "石牌镇\u202e人大"},
        "too long": {"name": "镇" * 100},
        "another fact": {"more": "x"},
    }
    for case, told in wrong.items():
        csr = told.pop("csr", None)
        if "code_told" in told:
            told = {"code": told["code_told"]}
            file = forged_told(offices, mine, told)
        else:
            file = forged(offices, key=mine, csr=csr if isinstance(csr, bytes) else None, **told)  # type: ignore[arg-type]
        assert refusal(offices, lambda file=file: answer(offices, file)), case
    assert not (offices.folder / "answers").exists()


def forged_told(offices: Offices, key: SigningKey, told: Mapping[str, str]) -> Path:
    """A request whose facts name another code than its certificate."""
    path = forged(offices, key=key)
    with zipfile.ZipFile(path) as archive:
        facts = json.loads(archive.read(f"trust/{OFFICE}"))
    facts |= told
    now = offices.clock.now
    sealed = io.BytesIO()
    seal(
        sealed,
        kind=Kind.ENROLMENT,
        parts=[trust_part(REQUEST, make_request(key, TOWN, "石牌镇人大")), json_part(OFFICE, facts)],
        facts=SendingFacts(
            bundle_id=new_uid(now, offices.town.store.random), period="2026", org_code=TOWN,
            org_name="石牌镇人大", replica=facts["replica"], seq=0, created_at=now,
            generator=Generator("x", "1"), schema=1,
        ),
        signer=self_issued(key, org_code=TOWN, org_name="石牌镇人大", not_before=now),
    )  # fmt: skip
    path.write_bytes(sealed.getvalue())
    return path


def test_a_county_code_gets_no_township_certificate(offices: Offices) -> None:
    file = forged(offices, key=generate_key(), code=COUNTY)
    assert "不是乡镇" in refusal(offices, lambda: answer(offices, file)).message


def test_files_that_are_no_request_are_refused(offices: Offices, tmp_path: Path) -> None:
    junk = tmp_path / "坏.zip"
    junk.write_bytes(b"x" * 300)
    reply = offices.issue(offices.town).file.path
    for file in (junk, tmp_path / "没有.zip", tmp_path, reply):
        assert refusal(offices, lambda file=file: answer(offices, file)).message


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
            connection, author=Author(f"{TOWN}-aaaaaaaaaaaa", "01"), reason="", batch=None,
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
