"""Requests nobody should answer: soundly signed, and put together from what does not belong together."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from lianxin.bundle.manifest import Generator, Kind
from lianxin.bundle.sealing import SendingFacts
from lianxin.bundle.sealing_streams import seal
from lianxin.county.enrolment.enrolling import request_in
from lianxin.domain.identity import new_uid
from lianxin.keys.certificates import self_issued
from lianxin.keys.requests import make_request
from lianxin.keys.sealed_for import new_reader
from lianxin.keys.signing import SigningKey, generate_key
from lianxin.office.enrolment.files import OFFICE, REQUEST, json_part, trust_part
from tests.county.offices import (
    COUNTY,
    OTHER,
    TOWN,
    Offices,
    answer,
    offices_in,
    refusal,
)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with offices_in(tmp_path) as made:
        yield made


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
