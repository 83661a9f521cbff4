"""`outgoing`: numbers taken, kept back, used, made void and told."""

from __future__ import annotations

from tests.cli.running import Commands


def test_numbers_are_taken_kept_back_used_and_made_void(township: Commands) -> None:
    refused = township("outgoing", "take", "--title", "通知")
    assert refused.status == 2 and "发文代字" in refused.errors and "C224" in refused.errors
    office = township("list", "office").lines[0]
    assert township.put("office", {**office, "document_sign": "石镇人"}).status == 0
    first = str(township("outgoing", "take", "--title", "通知").lines[0]["number"])
    kept = str(township("outgoing", "take", "--title", "公告", "--reserve").lines[0]["number"])
    assert first.endswith("1号") and kept.endswith("2号")
    assert township("outgoing", "use", kept, "--title", "接待日公告").status == 0
    assert township("outgoing", "use", kept).status == 2
    assert township("outgoing", "void", first, "--reason", "写错").status == 0
    (told,) = township("outgoing", "list").lines
    assert (told["used"], told["void"], told["next"], told["gaps"]) == (1, [first], 3, [])
    assert township("outgoing", "void").status == 2
