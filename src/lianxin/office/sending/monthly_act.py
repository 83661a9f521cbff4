"""The monthly act as its page sees it: findings, freezing, drafts, signature, copies, from one look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lianxin.domain.figures.of_period import Figures
from lianxin.domain.periods import Period
from lianxin.office.county_asks import CountyAsks, county_asks
from lianxin.office.desk import Desk, office_of
from lianxin.office.sending.county_word import CountyWord, behind_county, county_words
from lianxin.office.sending.drafting import draft_folder
from lianxin.office.sending.final import Final, Since, final_of, papers_for, since
from lianxin.office.sending.history import SentLine, sending_folder, sent_lines
from lianxin.office.sending.personal_texts import PersonalText, personal_texts
from lianxin.office.sending.review import Finding, review
from lianxin.office.trust.county_link import CountyLink, county_link
from lianxin.store.reading import Reading

COPIED_SETTING = "sent-copied"


@dataclass(frozen=True)
class MonthlyAct:
    """Everything the page shows of one period. `drafts` is the folder when it was written since the freezing.

    `link` is None before enrolment; `words` tells what the county said, by bundle id; `behind`: it has more of
    ours than is here.
    """

    period: Period
    findings: tuple[Finding, ...]
    figures: Figures
    final: Final | None
    since: Since
    drafts: Path | None
    sent: SentLine | None
    all_sent: tuple[SentLine, ...]
    copied: str
    folder: Path
    county_uses: str
    link: CountyLink | None
    texts: tuple[PersonalText, ...]
    words: Mapping[str, CountyWord]
    behind: bool
    asks: CountyAsks

    @property
    def may_sign(self) -> bool:
        """Signing waits for figures that are frozen and still the same, so that paper and file agree.

        Once is enough, unless the file is gone or the county could not take it.
        """
        return self.frozen and (self.sent is None or self.sent.path is None or self.again)

    @property
    def again(self) -> bool:
        """Whether what was sent has to be sent once more: the county did not take it, or returned all of it."""
        word = self.words.get(self.sent.record.bundle_id) if self.sent is not None else None
        return word is not None and (not word.taken or word.sent_back)

    @property
    def frozen(self) -> bool:
        """Whether the figures are frozen and nothing is different since."""
        return self.final is not None and self.since.same


def monthly_act(desk: Desk, period: Period) -> MonthlyAct:
    """Looks at everything the act of one period needs."""
    findings = review(desk, period)
    papers = papers_for(desk, period)
    lines = sent_lines(desk)
    folder = sending_folder(desk)
    with desk.store.reading() as reading:
        office, final = office_of(reading), final_of(reading, period)
        sent = _sent(lines, period, final)
        copied = _copied(reading, sent)
        drafted = reading.setting(_drafted(period))
        words, behind = county_words(reading), behind_county(reading)
        asks = county_asks(reading)
    drafts = draft_folder(desk, period, folder)
    is_drafted = final is not None and drafted == final.digest and drafts.is_dir()
    return MonthlyAct(
        period,
        findings,
        papers.figures,
        final,
        since(final, papers) if final is not None else Since(),
        drafts if is_drafted else None,
        sent,
        lines,
        copied,
        folder,
        office.county_uses,
        county_link(desk),
        personal_texts(desk),
        words,
        behind,
        asks,
    )


def note_drafted(desk: Desk, period: Period, final: Final | None) -> None:
    """Keeps that the drafts on disk are those of this freezing."""
    desk.store.set_setting(_drafted(period), final.digest if final is not None else None)


def note_copied(desk: Desk, line_uid: str, where: Path) -> None:
    """Keeps where a sent file was copied to last."""
    with desk.store.reading() as reading:
        told = reading.setting(COPIED_SETTING)
    kept = dict(told) if isinstance(told, Mapping) else {}
    desk.store.set_setting(COPIED_SETTING, {**kept, line_uid: str(where)})


def _drafted(period: Period) -> str:
    return f"drafted:{period.code}"


def _sent(lines: tuple[SentLine, ...], period: Period, final: Final | None) -> SentLine | None:
    """The sending of what was frozen, None when that was not sent yet."""
    if final is None:
        return None
    return next(
        (
            line
            for line in lines
            if line.record.period == period.code and line.record.content_digest == final.digest
        ),
        None,
    )


def _copied(reading: Reading, sent: SentLine | None) -> str:
    told = reading.setting(COPIED_SETTING)
    if sent is None or not isinstance(told, Mapping):
        return ""
    return str(told.get(sent.record.uid) or "")
