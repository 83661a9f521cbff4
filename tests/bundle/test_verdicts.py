"""Every code has its sentence, and an outcome tells a clerk what happened and what to do."""

from __future__ import annotations

import re

import pytest

from lianxin.bundle.codes import Code, Verdict
from lianxin.bundle.sentences import SENTENCES, VERDICT_WORDS
from lianxin.bundle.verdicts import Outcome, Refused, accepted, refused, verdict_of
from tests.bundle.plain_bundles import sealed

HANZI = re.compile(r"[\u4e00-\u9fff]")
# Names a clerk meets elsewhere; every other Latin word would be jargon.
KNOWN_WORDS = {"zip", "Word", "Excel", "PDF", "U"}


@pytest.mark.parametrize("code", list(Code))
def test_sentences(code: Code) -> None:
    sentence = SENTENCES[code]
    assert HANZI.search(sentence.what)
    assert not sentence.what.endswith(("。", "，"))
    assert sentence.cause == "" or sentence.cause.endswith("。")
    assert sentence.next.endswith("。")
    words = set(re.findall(r"[A-Za-z]+", sentence.what + sentence.cause + sentence.next))
    assert words <= KNOWN_WORDS


def test_no_sentence_without_code_and_words_for_each_verdict() -> None:
    assert set(SENTENCES) == set(Code)
    assert set(VERDICT_WORDS) == set(Verdict)
    assert VERDICT_WORDS[Verdict.ACCEPT] == "核验通过"


def test_codes_and_verdicts_agree() -> None:
    for code in Code:
        verdict = verdict_of(code)
        if code.value.startswith("E") and code is not Code.OK:
            assert verdict in (Verdict.REJECT, Verdict.QUARANTINE, Verdict.HOLD)
            assert "没有改动" in SENTENCES[code].next or verdict is Verdict.HOLD
        else:
            assert verdict in (Verdict.ACCEPT, Verdict.NOOP)


def test_refusal_names_the_place() -> None:
    outcome = refused("甲.zip", Refused(Code.HASH, "台账.xlsx"), manifest=None, digest=None)
    assert outcome.message.startswith("文件内容与签名时不一致（台账.xlsx）。")
    assert not outcome.ok
    assert outcome.as_json() == {
        "file": "甲.zip", "verdict": "REJECT", "code": "E207", "message": outcome.message, "next": outcome.next,
        "org_code": None, "period": None, "seq": None, "check_code": None, "warnings": [],
    }  # fmt: skip


def test_acceptance_tells_every_warning_once() -> None:
    bundle = sealed()
    outcome: Outcome = accepted(
        "甲.zip",
        Code.SIGNER_UNCONFIRMED,
        manifest=bundle.manifest,
        digest=bundle.manifest_sha256,
        warnings=(Code.SIGNER_UNCONFIRMED, Code.FUTURE_CLOCK),
    )
    assert outcome.ok
    assert outcome.message.count("未经县里确认") == 1
    assert "比本机时间还晚" in outcome.message
    assert outcome.next.endswith("请核对两边电脑的日期。")
    assert outcome.as_json()["warnings"] == ["W507", "W501"]
    assert (outcome.org_code, outcome.period, outcome.seq) == ("439901102", "2026-11", 7)
