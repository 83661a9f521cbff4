"""What the records say of a year's work, in the paragraphs a report is made of; what did not happen is not told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from lianxin.domain.dates import show_day_short
from lianxin.domain.figures.of_period import Figures, figures
from lianxin.domain.periods import Period
from lianxin.domain.records import (
    AnnualTheme,
    Appointment,
    Decision,
    Filing,
    Innovation,
    Meeting,
    Oath,
    PartyReport,
    Plan,
    PlanItem,
    Project,
    RuleDocument,
    SupervisionTopic,
    TypicalCase,
)
from lianxin.office.desk import Desk
from lianxin.office.duties.yearly_duties import duties_in
from lianxin.office.figuring import facts_of
from lianxin.store.reading import Condition, Reading

TO_FILL_IN = "（请经主席团会议研究后在此填写。）"
"""What only people can say is left to them, and seen."""
_NUMERALS = "一二三四五六七八九十"


class YearTold:
    """A year of the office within one snapshot: its figures, and what its registers hold."""

    def __init__(self, desk: Desk, reading: Reading, year: int) -> None:
        self.desk, self.reading, self.year = desk, reading, year
        period = Period.parse(str(year))
        self.period = period
        self._figures: Figures = figures(period, facts_of(reading, period), profile=desk.profile)

    def count(self, key: str) -> int:
        """A figure that is a count; 0 where nothing is known."""
        value = self._figures[key].value
        return int(value) if value is not None else 0

    def told(self, key: str, words: str) -> str:
        """`words` with {} as the figure when it is more than nothing, else an empty text."""
        figure = self._figures[key]
        return words.format(figure.shown) if figure.value else ""

    def happened(self, *types: str) -> list[Meeting]:
        """The meetings of these types that were held in the year."""
        held = self.reading.all(Meeting, *self.within())
        return sorted(
            (each for each in held if each.held and each.meeting_type in types), key=lambda each: each.day
        )

    def within(self) -> tuple[Condition, Condition]:
        """Records whose day lies in the year."""
        return (
            Condition("date", ">=", self.period.start.isoformat()),
            Condition("date", "<=", self.period.end.isoformat()),
        )

    def of_year(self) -> Condition:
        """Records that bear the year."""
        return Condition("year", "=", self.year)


def work_told(told: YearTold) -> str:
    """The year's work as paragraphs under headings （一）…; a part of which nothing is known is left out."""
    parts = [(heading, _joined(tell(told))) for heading, tell in _PARTS]
    lines: list[str] = []
    for numeral, (heading, words) in zip(_NUMERALS, [part for part in parts if part[1]], strict=False):
        lines += [f"（{numeral}）{heading}", *words]
    return "\n".join(lines)


def shortfalls_told(told: YearTold) -> str:
    """Duties of the year that were not fulfilled, and room for what else is lacking."""
    behind = [
        each for each in duties_in(told.desk, told.reading, told.year).lines if each.standing == "behind"
    ]
    lines = [f"对照年度任务，还有{len(behind)}项没有达到：" + "、".join(
        f"{each.label}（{each.shown.replace(' ', '')}）" for each in behind
    ) + "。"] if behind else []  # fmt: skip
    return "\n".join([*lines, TO_FILL_IN])


def plans_told(told: YearTold) -> str:
    """What the plans of the next year hold, and room for the rest."""
    plans = told.reading.all(Plan, Condition("year", "=", told.year + 1))
    items = told.reading.children(PlanItem, "plan", [each.uid for each in plans])
    listed = [
        f"{at}. {each.what.rstrip('。')}{f'（{show_day_short(each.due)}前）' if each.due else ''}。"
        for at, each in enumerate(sorted(items, key=lambda one: (one.due or told.period.end, one.place)), 1)
    ]
    return "\n".join([*listed, TO_FILL_IN])


def _joined(paragraphs: Iterable[Sequence[str]]) -> list[str]:
    """Each paragraph of its clauses, those without any left out."""
    found = []
    for clauses in paragraphs:
        known = [clause for clause in clauses if clause]
        if known:
            found.append("，".join(known) + "。")
    return found


def _meetings(told: YearTold) -> Iterator[Sequence[str]]:
    yield (
        told.told("congresses", "召开人民代表大会会议{}次"), told.told("congress_days", "会期共{}天"),
        told.told("congress_rate", "代表出席率{}") if told.count("congresses") else "",
    )  # fmt: skip
    for meeting in told.happened("congress"):
        yield (f"{show_day_short(meeting.day)}召开{meeting.name}", *_decided(told, meeting))
    yield (
        told.told("presidium_meetings", "召开主席团会议{}次"),
        told.told("presidium_rate", "成员出席率{}") if told.count("presidium_meetings") else "",
    )
    appointed = [each for each in told.reading.all(Appointment, *told.within()) if each.result == "passed"]
    sworn = told.reading.all(Oath, *told.within())
    filed = [each for each in told.reading.all(Filing, *told.within()) if each.filed]
    yield (
        f"依法选举任免{len(appointed)}人次" if appointed else "",
        f"组织宪法宣誓{len(sworn)}人次" if sworn else "",
        f"向县人大常委会报备决议决定{len(filed)}件" if filed else "",
    )


def _decided(told: YearTold, meeting: Meeting) -> Iterator[str]:
    counts = Counter(each.decision_type for each in told.reading.children(Decision, "meeting", [meeting.uid]))
    for code, words in (("resolution", "通过决议"), ("decision", "作出决定"), ("opinion", "形成审议意见")):
        if counts[code]:
            yield f"{words}{counts[code]}项"


def _supervision(told: YearTold) -> Iterator[Sequence[str]]:
    topics = told.reading.all(SupervisionTopic, told.of_year())
    answered = sum(bool(each.feedback) for each in topics)
    yield (
        f"安排监督议题{len(topics)}项" if topics else "",
        f"已有反馈{answered}项" if answered else "",
    )
    if topics:
        yield ("；".join(f"{each.shown('type')}：{each.name}" for each in topics),)
    yield (
        told.told("inspections", "组织视察{}次"), told.told("researches", "专题调研{}次"),
        told.told("law_checks", "执法检查{}次"),
    )  # fmt: skip
    projects = told.reading.all(Project, told.of_year())
    chosen = [each for each in projects if each.state in ("chosen", "running", "done")]
    done = sum(each.state == "done" for each in chosen)
    yield (
        f"票决民生实事项目{len(chosen)}项" if chosen else "",
        f"已完成{done}项" if done else "",
    )


def _deputies(told: YearTold) -> Iterator[Sequence[str]]:
    themes = told.reading.all(AnnualTheme, told.of_year())
    yield (
        "、".join(f"开展“{each.name}”主题活动" for each in themes),
        told.told("group_activities", "组织代表小组活动{}次"),
        told.told("activity_participation", "代表参加活动率{}"),
    )
    yield (
        told.told("trainings", "举办学习培训{}次"),
        told.told("training_coverage", "培训覆盖率{}") if told.count("trainings") else "",
        told.told("duty_days_each", "代表人均履职{}天"),
    )
    yield (
        told.told("oral_reports", "口头述职{}人"), told.told("written_reports", "书面述职{}人"),
        told.told("ballots", "参加测评选民{}人"), told.told("commitments_rate", "年初承诺完成率{}"),
    )  # fmt: skip
    yield (told.told("honours", "表彰先进{}项"),)


def _public(told: YearTold) -> Iterator[Sequence[str]]:
    yield (
        told.told("reception_days", "开展代表接待日{}次"), told.told("reception_deputies", "代表参加{}人次"),
        told.told("contact_persons", "联系群众{}人次"), told.told("home_visit_households", "入户走访{}户次"),
        told.told("symposiums", "召开座谈会{}次"),
    )  # fmt: skip
    if told.count("opinions"):
        yield (
            told.told("opinions", "收集意见建议{}条"), told.told("answered_on_spot", "当场答复{}条"),
            told.told("assigned", "转交办理{}条"), told.told("closed", "办结{}件"),
            told.told("due_closed_rate", "应办件办结率{}"), told.told("satisfaction_rate", "群众满意率{}"),
        )  # fmt: skip
    yield (
        told.told("supervised", "督办意见建议{}件"), told.told("letters", "发出督办函{}件"),
        told.told("redone", "重办{}件"),
    )  # fmt: skip
    cases = told.reading.all(TypicalCase, *told.within())
    yield (
        told.told("deeds", "代表为民办实事{}件"), told.told("deed_households", "受益{}户"),
        f"总结典型案例{len(cases)}个" if cases else "",
    )  # fmt: skip


def _suggestions(told: YearTold) -> Iterator[Sequence[str]]:
    if not told.count("suggestions") and not told.count("bills"):
        return
    yield (
        told.told("bills", "收到代表议案{}件"), told.told("suggestions", "收到代表建议{}件"),
        told.told("suggestions_answered_rate", "办复率{}"), told.told("suggestions_met_rate", "面商率{}"),
        told.told("suggestions_satisfied_rate", "代表满意率{}"),
    )  # fmt: skip


def _own_house(told: YearTold) -> Iterator[Sequence[str]]:
    reports = told.reading.all(PartyReport, *told.within())
    rules = told.reading.all(RuleDocument, *told.within())
    news = told.reading.all(Innovation, told.of_year())
    yield (
        f"向党委汇报工作{len(reports)}次" if reports else "",
        f"制定修订制度{len(rules)}项" if rules else "",
        told.told("publicity", "被采用信息{}篇"),
        f"推进工作创新{len(news)}项" if news else "",
    )
    yield (
        told.told("stations", "建有代表联络站（点）{}个"), told.told("station_checks", "开展五有自查{}个"),
        told.told("five_haves_rate", "达标率{}"),
    )  # fmt: skip


_Tell = Callable[[YearTold], Iterable[Sequence[str]]]
_PARTS: tuple[tuple[str, _Tell], ...] = (
    ("依法召开会议", _meetings),
    ("开展监督", _supervision),
    ("组织代表活动", _deputies),
    ("联系人民群众", _public),
    ("督办议案建议", _suggestions),
    ("加强自身建设", _own_house),
)
