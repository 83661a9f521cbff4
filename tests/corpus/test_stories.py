"""The replayed files at a county with a real store: each arrives where others arrived before it."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from lianxin.domain.rules import load_profile
from lianxin.installed import resource_dir
from lianxin.office.desk import Desk
from lianxin.office.receiving.gate import Gate
from lianxin.office.receiving.receive import receive
from lianxin.office.safekeeping.setting_up import Beginning, set_up
from lianxin.store.passphrase import DatabaseKey
from lianxin.store.record_store import RecordStore, Surroundings
from tests.corpus.shelves import FOLDER, INDEX
from tests.corpus.world import COUNTY, NAMES, NOW, settings

STORIES = json.loads((FOLDER / "replayed" / INDEX).read_text("utf-8"))


def county_desk(folder: Path) -> Desk:
    around = Surroundings(lambda: NOW, Random(7).randbytes, "县", folder / "witness")
    store = RecordStore.create(
        folder / "home", DatabaseKey(bytes(range(32))), around, org_code=COUNTY, actor="01"
    )
    set_up(store, Beginning(role="county", code=COUNTY, name=NAMES[COUNTY]))
    profile = load_profile((resource_dir() / "profiles" / "national.json").read_text("utf-8"))
    return Desk(store, profile)


@pytest.mark.parametrize("story", STORIES, ids=lambda told: told["name"])
def test_story(tmp_path: Path, story: dict[str, object]) -> None:
    desk = county_desk(tmp_path)
    gate = Gate(COUNTY, True, settings()["county"].trust, None, {})
    expected, found = [], []
    receives = story["receives"]
    assert isinstance(receives, list)
    try:
        for each in receives:
            (verdict,) = receive(desk, [FOLDER / "replayed" / each["file"]], gate=gate)
            told = [verdict.outcome.code, *verdict.outcome.warnings]
            code = each["code"]
            # A warning is expected where it is told, beside an acceptance.
            found.append(code if code in told else verdict.outcome.code.value)
            expected.append(code)
    finally:
        desk.store.close()
    assert found == expected
