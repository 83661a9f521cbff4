"""代表议案建议 of the sample office: one of every state, so that its page is alive before anything is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from lianxin.domain.records import HandlingUnit, Opinion, Satisfaction, Suggestion
from lianxin.office.cases import opinions, steps
from lianxin.office.desk import Desk
from lianxin.office.suggestions.steps import (
    Handlers,
    answers_in,
    consult,
    hand_over,
    inform,
    judge,
    turn_bill,
)
from lianxin.office.suggestions.suggestion import (
    add_co_handler,
    change_suggestion,
    deputies_named,
    of_matter,
    propose,
    screen,
)
from lianxin.store.reading import Condition

_STAGES = ("office", "government", "deputies")
_SESSION, _IN_SESSION = 6, (1, 15)
"""Number and day of the congress of the sample year."""
_YEAR = 2025


@dataclass(frozen=True)
class _Plan:
    """What is put in: `deputies` are names of the sample roster, the leading one first."""

    month: int
    day: int
    title: str
    words: str
    plan: str
    category: str
    deputies: str
    form: str = "suggestion"

    @property
    def put(self) -> date:
        """The day it was put in."""
        return date(_YEAR, self.month, self.day)


_WATER = _Plan(
    1, 15, "关于修复长坪村三组饮水管道的建议", "长坪村三组饮水主管破损，几十户断水，靠挑水生活。",
    "请镇水务站更换主管一千二百米，今年汛期前完成。", "02", "冯春生、田光明",
)  # fmt: skip
_SEWER = _Plan(
    1, 15, "关于加快集镇污水管网建设的议案", "集镇雨污混流，污水直接排入石牌河。",
    "请镇人民政府编制管网方案，分两年实施，资金列入预算。", "09", "罗红梅、彭长青、何金花、冯志明、黄长青", "bill",
)  # fmt: skip
_SCHOOL = _Plan(
    3, 18, "关于在镇中心小学门口增设减速带的建议", "放学时段车流集中，学生横穿公路不安全。",
    "请增设减速带两处、警示标志四块，上下学时段安排人员值守。", "12", "彭芳、杨敏",
)  # fmt: skip
_FARM = _Plan(
    5, 8, "关于整治响水村养殖场污水的建议", "养殖场污水流进灌溉渠，影响下游两个村用水。",
    "请责令养殖场建好沉淀池，验收以前停止外排。", "09", "龙伟、曹敏",
)  # fmt: skip
_SIGNAL = _Plan(
    9, 2, "关于改善卧龙村移动通信信号的建议", "卧龙村手机信号差，六十户只有一格信号。",
    "请协调移动公司在卧龙村增设基站一处。", "05", "邓春生、彭芳",
)  # fmt: skip
_CLINIC = _Plan(
    10, 20, "关于给大堰村卫生室配备医生的建议", "大堰村卫生室没有医生，老人看病要走很远。",
    "请镇卫生院每周派医生到村坐诊两天，并争取定向培养一名。", "04", "何金花",
)  # fmt: skip
_WASTE = _Plan(
    11, 5, "关于在集镇增设垃圾清运车的建议", "赶集日垃圾清运不及时，堆在路口。",
    "请增加清运车一台，赶集日清运两次。", "09", "何强、李建国",
)  # fmt: skip
_BUS = _Plan(
    11, 18, "关于开通双溪村农村客运班车的建议", "双溪村不通班车，群众赶场、就医不方便。",
    "请协调客运公司每天开行两班。", "01", "田小军、徐世荣",
)  # fmt: skip
_RENT = _Plan(
    12, 2, "关于规范土地流转租金支付的建议", "土地流转租金拖欠较多，群众意见大。", "请规范租金支付。",
    "08", "罗大贵",
)  # fmt: skip
_POWER = _Plan(
    12, 8, "关于解决白岩村电压不稳问题的建议", "夏天电压低，带不动抽水机。",
    "请供电所在白岩村增容变压器一台。", "05", "邓春生",
)  # fmt: skip
_PUMP = _Plan(
    12, 12, "关于新寨村抗旱抽水用电的建议", "新寨村抽水机带不动，与白岩村同一条线路。",
    "请一并增容改造。", "05", "彭长青",
)  # fmt: skip


def make_sample_suggestions(desk: Desk) -> int:
    """Puts them in and takes each as far as it goes; how many there are. Needs the sample roster and its units."""
    maker = _Maker(desk)
    made: Sequence[Callable[[], None]] = (
        maker.water, maker.sewer, maker.school, maker.farm, maker.signal, maker.clinic, maker.in_review,
    )  # fmt: skip
    for each in made:
        each()
    return maker.count


class _Maker:
    """Each method tells the course of one."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.count = desk, 0

    def water(self) -> None:
        """Answered, both deputies satisfied, closed."""
        uid = self._assigned(_WATER, "镇水务站", date(_YEAR, 1, 27))
        consult(
            self._desk, opinion=uid, day=date(_YEAR, 3, 10), start=time(9, 30), place="长坪村村部",
            participants="冯春生、田光明、镇水务站站长", words="主管按三组、四组两段更换，先换三组。",
            view="同意，请赶在汛期前完工。",
        )  # fmt: skip
        self._replied(
            uid, date(_YEAR, 4, 2), "A", "已更换主管一千二百米，四月一日通水。", "石水函〔2025〕3号"
        )
        self._told(uid, date(_YEAR, 4, 3))
        self._judged(uid, date(_YEAR, 4, 10), "satisfied")

    def sewer(self) -> None:
        """A bill turned into a suggestion; hard, a key matter, promised for next year."""
        uid = self._put(_SEWER)
        turn_bill(
            self._desk, opinion=uid, day=date(_YEAR, 1, 16), by="大会主席团",
            reason="所提事项需要分年实施，主席团决定不列入本次会议议程，转作建议办理。",
        )  # fmt: skip
        self._looked(uid, date(_YEAR, 1, 20))
        self._handed(
            uid, "镇规建站", date(_YEAR, 1, 27), hard_reason="涉及集镇两个社区，资金要列入预算分年安排"
        )
        self._key_matter(uid)
        steps.supervise(
            self._desk, opinion=uid, day=date(_YEAR, 5, 20), means="on_site",
            demand="现场查看管线走向，请镇规建站六月底前报实施方案。", by="主席团",
        )  # fmt: skip
        opinions.record_reply(
            self._desk, opinion=uid, day=date(_YEAR, 7, 18), result="B", document="石规建函〔2025〕6号",
            words="管网方案已经批准，一期一点八公里十月开工。", promise="一期管网建成通水",
            promised_day=date(_YEAR + 1, 6, 30),
        )  # fmt: skip
        self._told(uid, date(_YEAR, 7, 21))
        self._judged(uid, date(_YEAR, 7, 29), "basically")

    def school(self) -> None:
        """不满意 the first time, handled again, then satisfied."""
        uid = self._assigned(_SCHOOL, "镇综合执法大队", date(_YEAR, 3, 28))
        self._replied(uid, date(_YEAR, 6, 16), "B", "已设警示标志四块，减速带待审批。", "石综函〔2025〕4号")
        self._judged(uid, date(_YEAR, 6, 24), "unsatisfied")
        hand_over(self._desk, opinion=uid, day=date(_YEAR, 6, 27), unit=self._unit("镇综合执法大队"))
        self._replied(
            uid, date(_YEAR, 7, 22), "A", "减速带两处已经铺设，上下学安排了值守。", "石综函〔2025〕5号"
        )
        self._judged(uid, date(_YEAR, 7, 28), "satisfied")

    def farm(self) -> None:
        """Answered; the deputies have not said what they think of it."""
        uid = self._assigned(_FARM, "镇综合执法大队", date(_YEAR, 5, 20))
        self._replied(uid, date(_YEAR, 8, 15), "A", "沉淀池已经建成验收，外排口已封堵。", "石综函〔2025〕7号")

    def signal(self) -> None:
        """With the unit past its day, a further unit beside it."""
        uid = self._assigned(_SIGNAL, "移动公司", date(_YEAR, 9, 16))
        add_co_handler(self._desk, opinion=uid, day=date(_YEAR, 9, 16), unit=self._unit("镇规建站"))

    def clinic(self) -> None:
        """With the unit, in time."""
        self._assigned(_CLINIC, "镇卫生院", date(_YEAR, 11, 3))

    def in_review(self) -> None:
        """Not handed over yet: looked at by all, by two, sent back, by nobody, merged."""
        waste = self._put(_WASTE)
        self._looked(waste, date(_YEAR, 11, 12))
        bus = self._put(_BUS)
        for stage in _STAGES[:2]:
            screen(self._desk, opinion=bus, day=date(_YEAR, 11, 25), stage=stage)
        rent = self._put(_RENT)
        screen(
            self._desk, opinion=rent, day=date(_YEAR, 12, 5), stage="office", verdict="back",
            words="方案太笼统，请写明哪些村、怎样支付。",
        )  # fmt: skip
        power = self._put(_POWER)
        pump = self._put(_PUMP)
        screen(
            self._desk, opinion=pump, day=date(_YEAR, 12, 16), stage="office", verdict="merge",
            words="与白岩村电压建议是同一条线路。", into=power,
        )  # fmt: skip

    def _put(self, plan: _Plan) -> str:
        with self._desk.store.reading() as reading:
            lead, *joint = deputies_named(reading, plan.deputies)[0]
        in_session = (plan.month, plan.day) == _IN_SESSION
        done = propose(
            self._desk,
            matter=Opinion(
                uid="", title=plan.title, words=plan.words, category=plan.category, person=lead,
                registered=plan.put,
            ),
            suggestion=Suggestion(
                uid="", opinion="", form=plan.form, basis=plan.words, proposal=plan.plan,
                occasion="in_session" if in_session else "between", session=_SESSION if in_session else None,
            ),
            signers=joint,
        )  # fmt: skip
        self.count += 1
        return done.matter.uid

    def _looked(self, uid: str, day: date) -> None:
        for stage, who in zip(_STAGES, ("镇人大办公室", "镇政府办公室", "代表小组"), strict=True):
            screen(self._desk, opinion=uid, day=day, stage=stage, by=who)

    def _assigned(self, plan: _Plan, unit: str, day: date) -> str:
        uid = self._put(plan)
        self._looked(uid, min(day, plan.put.replace(day=min(plan.day + 4, 28))))
        self._handed(uid, unit, day)
        return uid

    def _handed(self, uid: str, unit: str, day: date, *, hard_reason: str | None = None) -> None:
        hand_over(
            self._desk, opinion=uid, day=day, unit=self._unit(unit), hard=hard_reason is not None,
            hard_reason=hard_reason, handlers=Handlers("田站长", "负责人", "小向", None),
        )  # fmt: skip

    def _replied(self, uid: str, day: date, result: str, words: str, document: str) -> None:
        opinions.record_reply(self._desk, opinion=uid, day=day, result=result, words=words, document=document)

    def _told(self, uid: str, day: date) -> None:
        inform(self._desk, opinion=uid, people=self._signed(uid), day=day)

    def _judged(self, uid: str, day: date, overall: str) -> None:
        """The leading deputy with these words, the others satisfied."""
        for place, person in enumerate(self._signed(uid)):
            judge(
                self._desk,
                evaluation=Satisfaction(
                    uid="", opinion=uid, day=day, means="written", person=person,
                    attitude="satisfied", outcome="satisfied" if place else overall,
                    overall="satisfied" if place else overall,
                ),
            )  # fmt: skip

    def _signed(self, uid: str) -> list[str]:
        with self._desk.store.reading() as reading:
            matter = reading.get(Opinion, uid)
            return [each.person for each in answers_in(self._desk, reading, matter)] if matter else []

    def _key_matter(self, uid: str) -> None:
        with self._desk.store.reading() as reading:
            matter, beside = reading.get(Opinion, uid), of_matter(reading, uid)
        assert matter is not None and beside is not None
        told = replace(
            beside, key_matter=True, supervisor="镇人大主席", leader="镇长", branch="人大副主席、分管副镇长",
            inspecting="集镇代表小组",
        )  # fmt: skip
        change_suggestion(self._desk, matter=matter, opened=matter, suggestion=told, opened_suggestion=beside)

    def _unit(self, name: str) -> str:
        with self._desk.store.reading() as reading:
            found = reading.all(HandlingUnit, Condition("name", "=", name))
        if found:
            return found[0].uid
        with self._desk.store.writing(reason="示例数据") as writing:
            unit = HandlingUnit(uid=writing.new_uid(), name=name)
            writing.put(unit)
        return unit.uid
