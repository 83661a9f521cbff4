"""Every file of the corpus ends as its index says, and the corpus on disk is what its script makes."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path

import pytest

from lianxin.bundle.codes import Code
from lianxin.bundle.manifest import Generator, Kind, Role, StreamRange
from lianxin.bundle.parts import part_of_bytes
from lianxin.bundle.sealing import SendingFacts
from lianxin.bundle.sealing_streams import seal
from tests.corpus.books import journal
from tests.corpus.drafts import TOTALS, Draft
from tests.corpus.judging import judged
from tests.corpus.shelves import FOLDER, INDEX, content
from tests.corpus.world import COUNTY, NAMES, REPLICAS, SENT, SHIPAI, desk, settings

SHELVES = ("valid", "tampered", "invalid")


def rows() -> list[tuple[str, dict[str, object]]]:
    return [
        (shelf, row) for shelf in SHELVES for row in json.loads((FOLDER / shelf / INDEX).read_text("utf-8"))
    ]


@pytest.mark.parametrize(
    ("shelf", "row"),
    rows(),
    ids=lambda told: told if isinstance(told, str) else f"{told['file']}@{told['setting']}",
)
def test_file(shelf: str, row: dict[str, object], tmp_path: Path) -> None:
    path = FOLDER / shelf / str(row["file"])
    before = path.read_bytes()
    code, warnings, place = judged(path, settings()[str(row["setting"])], tmp_path)
    assert (code, list(warnings)) == (
        row["code"],
        row["warnings"] if code[0] != "E" or code == "E000" else [],
    ), place
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_replayed_files_pass_by_themselves() -> None:
    names = [path for path in (FOLDER / "replayed").iterdir() if path.name != INDEX]
    assert len(names) > 10
    for path in names:
        assert judged(path, settings()["county"])[0] == "E000", path.name


def test_stories_name_files_and_codes_that_exist() -> None:
    codes = {code.value for code in Code}
    for story in json.loads((FOLDER / "replayed" / INDEX).read_text("utf-8")):
        for each in story["receives"]:
            assert (FOLDER / "replayed" / each["file"]).is_file()
            assert each["code"] in codes


def test_the_script_makes_the_same_bytes_again() -> None:
    made = content()
    stored = {
        path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for shelf in (*SHELVES, "replayed")
        for path in (FOLDER / shelf).iterdir()
    }
    assert sorted(made) == sorted(stored)
    assert [path for path, data in made.items() if stored[path] != data] == []


def test_most_codes_have_a_case() -> None:
    found = Counter(str(row["code"]) for _shelf, row in rows())
    found.update(str(each) for _shelf, row in rows() for each in row["warnings"])  # type: ignore[attr-defined]
    for story in json.loads((FOLDER / "replayed" / INDEX).read_text("utf-8")):
        found.update(each["code"] for each in story["receives"])
    # E404 and the rest are there; a return after its term, or of a unit that is no more, is a matter of the county's.
    assert {code.value for code in Code} - set(found) == {Code.LATE.value, Code.UNIT_ENDED.value}


def test_sealing_makes_the_bytes_the_corpus_is_made_of() -> None:
    draft = Draft()
    facts = SendingFacts(
        bundle_id="3f2b8a52-6a0e-4c5d-9d3c-000000000001", period="2026-10", org_code=SHIPAI, org_name=NAMES[SHIPAI],
        replica=REPLICAS[SHIPAI], seq=7, created_at=SENT, generator=Generator("lianxin", "0.1.0"), schema=1,
        audience=COUNTY, term="第十九届", prepared_by="01", totals=TOTALS,
        counts={"contact": 2, "entries": 4, "files": 2, "opinion": 1, "visitor": 1},
        entries={
            book.stream: StreamRange(1, 4, book.entries[-1].digest()) for book in draft.books
        },
    )  # fmt: skip
    parts = [
        part_of_bytes("data/journal.jsonl", Role.DATA, journal(draft.books)),
        *(part_of_bytes(held.path, held.role, held.data) for held in draft.files),
    ]
    out = io.BytesIO()
    seal(out, kind=Kind.REPORT, parts=parts, facts=facts, signer=desk())
    assert out.getvalue() == draft.sealed()
