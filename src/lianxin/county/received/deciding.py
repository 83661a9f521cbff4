"""What the county says of a file it took in: passed, returned to be corrected, or taken in part with reasons.

Nobody edits a foreign record: the decision and each reason are the county's own records, which the receipt carries
down (domain.md 7.3). What was taken in stays; the township's next report supersedes it and both are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lianxin.bundle.checkcode import spoken_code
from lianxin.bundle.manifest import Kind
from lianxin.county.certificates.register import county_office
from lianxin.domain.records import ReceptionDecision, RecordReturn
from lianxin.office.desk import Desk
from lianxin.office.returned import decisions, known_now
from lianxin.store.reading import Condition, Reading
from lianxin.store.received import ReceivedFile, received_file
from lianxin.store.writing import Change, Writing

PASSED, RETURNED, PARTIAL = "passed", "returned", "partial"
About = tuple[str, str]
"""Kind and uid of a record."""


class CannotDecide(Exception):
    """There is nothing to decide on, or a return without a reason; nothing was changed."""

    code = "R321"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Decided:
    """How a file stands: what was decided (None for nothing yet), and the reason for each returned record."""

    decision: ReceptionDecision | None
    reasons: Mapping[About, str]

    @property
    def words(self) -> str:
        """退回修改（3条）, "" before anything was decided."""
        if self.decision is None:
            return ""
        count = f"（{len(self.reasons)}条）" if self.reasons else ""
        return self.decision.shown("result") + count


def decided(reading: Reading, place: str) -> Decided:
    """What was decided on the file kept at this place."""
    file = received_file(reading.connection, place)
    if file is None:
        return Decided(None, {})
    told = _returns(reading, file.bundle_id)
    return Decided(
        decisions(reading, addressee=file.org).get(file.bundle_id),
        {(each.about_kind, each.about): each.reason for each in told},
    )


def may_decide(file: ReceivedFile | None) -> bool:
    """Whether a file is one a township answers for: a report that is taken in."""
    return file is not None and file.state == "accepted" and file.kind == Kind.REPORT.value


def decide(
    desk: Desk,
    place: str,
    *,
    reasons: Mapping[About, str] | None = None,
    words: str = "",
    whole: bool = False,
) -> tuple[Change, ...]:
    """Decides on a file: without reasons it is passed, with some it is taken in part; `whole` returns all of it.

    `reasons` say for each returned record what is to be corrected, `words` what concerns the whole. Said again it
    replaces what was decided before. Raises CannotDecide, NotThisOffice.
    """
    county_office(desk)
    given = {about: reason.strip() for about, reason in (reasons or {}).items() if reason.strip()}
    with desk.store.reading() as reading:
        file = received_file(reading.connection, place)
        if file is None or not may_decide(file):
            raise CannotDecide("这一份没有收进台账，没有可以审核的，没有改动。先接收，再审核。")
        if whole and not given and not words.strip():
            raise CannotDecide("退回修改要写明原因：写总的意见，或者在记录旁边写。没有改动。")
        before = decisions(reading, addressee=file.org).get(file.bundle_id)
        known = {(each.about_kind, each.about): each for each in _returns(reading, file.bundle_id)}
        seen = {about: known_now(reading, *about) for about in given}
    if not all(seen.values()):
        raise CannotDecide("要退回的记录里有一条不在台账里，没有改动。请重新打开这一份再看。")
    result = RETURNED if whole else PARTIAL if given else PASSED
    with desk.store.writing(reason="审核报送件") as writing:
        _put_returns(writing, desk, file, given, known, seen)
        writing.put(
            ReceptionDecision(
                uid=before.uid if before else writing.new_uid(),
                addressee=file.org,
                bundle_id=file.bundle_id,
                seq=file.seq,
                period=file.period,
                check_code=spoken_code(file.digest),
                day=desk.today(),
                result=result,
                words=words.strip() or None,
            )
        )
        return tuple(writing.changes)


def _put_returns(
    writing: Writing,
    desk: Desk,
    file: ReceivedFile,
    given: Mapping[About, str],
    known: Mapping[About, RecordReturn],
    seen: Mapping[About, str],
) -> None:
    for about, reason in given.items():
        before = known.get(about)
        if before is None or before.reason != reason:
            writing.put(
                RecordReturn(
                    uid=before.uid if before else writing.new_uid(),
                    addressee=file.org,
                    bundle_id=file.bundle_id,
                    about_kind=about[0],
                    about=about[1],
                    day=desk.today(),
                    reason=reason,
                    seen=seen[about],
                )
            )
    for about, each in known.items():
        if about not in given:
            writing.remove(RecordReturn, each.uid)


def _returns(reading: Reading, bundle: str) -> list[RecordReturn]:
    return [
        each
        for each in reading.all(RecordReturn, Condition("bundle_id", "=", bundle))
        if reading.is_own(RecordReturn, each.uid)
    ]
