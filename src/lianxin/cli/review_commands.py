"""The commands of a county's review: `review` of a received file, and `returned` on both sides."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lianxin.bootstrap import App
from lianxin.cli.commands import Run
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.domain.canonical import JsonValue

if TYPE_CHECKING:
    from lianxin.county.received.file_review import FileReview


def _review(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.received.deciding import CannotDecide, decide
    from lianxin.county.received.file_review import review_of
    from lianxin.office.trust.trusting import NotThisOffice

    reasons = dict(_reasons(told.returned))
    try:
        if told.passed or told.whole or reasons:
            given = {} if told.passed else reasons
            decide(app.desk, told.bundle_id, reasons=given, words=told.words, whole=told.whole)
    except NotThisOffice as elsewhere:
        raise CommandProblem(elsewhere.message, code=elsewhere.code) from elsewhere
    except CannotDecide as wrong:
        raise CommandProblem(wrong.message, code=wrong.code, status=REFUSED) from wrong
    _tell(told.bundle_id, review_of(app.desk, told.bundle_id), voice)
    return DONE


def _reasons(told: Iterable[str]) -> Iterable[tuple[tuple[str, str], str]]:
    for each in told:
        about, _, reason = each.partition("=")
        kind, _, uid = about.partition("/")
        if not (kind and uid and reason.strip()):
            raise CommandProblem(f"“{each}”要写成 种类/uid=原因，没有改动任何数据", code="C219")
        yield (kind, uid), reason


def _tell(bundle: str, review: FileReview, voice: Voice) -> None:
    decision = review.decided.decision
    hints: list[JsonValue] = [
        {
            "number": each.hint.number,
            "title": each.hint.title,
            "words": each.hint.words,
            "look": each.hint.look,
            "records": [{"kind": kind, "uid": uid} for kind, uid in each.hint.records],
        }
        for each in review.hints
    ]
    returned: list[JsonValue] = [
        {"kind": kind, "uid": uid, "reason": reason} for (kind, uid), reason in review.decided.reasons.items()
    ]
    line: dict[str, JsonValue] = {
        "bundle_id": bundle,
        "result": decision.result if decision else None,
        "words": decision.words if decision else None,
        "returned": returned,
        "hints": hints,
    }
    shown = [
        f"{'！' if each.hint.look else '✓'} {each.hint.title}：{each.hint.words}" for each in review.hints
    ]
    shown.append(f"审核：{review.decided.words or '还没有审核'}")
    voice.tell(line, "\n".join(shown))


def _returned(app: App, _told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.returned import returned_records

    with app.desk.store.reading() as reading:
        found = returned_records(reading)
    for each in found:
        voice.tell(
            {
                "kind": each.told.about_kind,
                "uid": each.told.about,
                "title": each.title or None,
                "org_code": each.told.addressee,
                "bundle_id": each.told.bundle_id,
                "reason": each.told.reason,
                "date": each.told.day.isoformat(),
                "standing": each.standing,
            },
            f"{each.words}　{each.label}“{each.title}”：{each.told.reason}",
        )
    if not found:
        voice.say("没有退回修改的记录。")
    return DONE


COMMANDS: dict[str, Run] = {"review": _review, "returned": _returned}
