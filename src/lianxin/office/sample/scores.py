"""Scores and honours of the sample office: a rule copied and not in use, a claim that waits, two honours."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lianxin.domain.identity import new_uid
from lianxin.domain.records import Honour, ScoreClaim, ScoreItem, ScoreRule
from lianxin.office.desk import Desk
from lianxin.office.scoring.templates import copy_template
from lianxin.office.scoring.work_facts import deputies_of_year
from lianxin.store.reading import Condition

_YEAR = 2025


def make_sample_scores(desk: Desk) -> None:
    """Puts them in; nothing when there is a rule or nobody to score."""
    with desk.store.reading() as reading:
        people = [one.person for one in deputies_of_year(reading, "township", _YEAR)]
        if reading.holds_any(ScoreRule) or len(people) < 3:
            return
    rule, _ = copy_template(desk, "ruzhou")
    with desk.store.reading() as reading:
        asked = (Condition("score_rule", "=", rule), Condition("category", "=", "接受媒体采访"))
        interviews = reading.all(ScoreItem, *asked)[0].uid

    def uid() -> str:
        return new_uid(desk.store.now(), desk.store.random)

    with desk.store.writing(reason="示例：积分和表彰") as writing:
        writing.put(
            ScoreClaim(
                uid=uid(), person=people[1], year=_YEAR, level="township", item=interviews, points=Decimal(2),
                what="接受县融媒体中心采访，介绍饮水管网改造", evidence="2025年9月12日报道截图",
            )
        )  # fmt: skip
        writing.put(
            Honour(
                uid=uid(), year=_YEAR - 1, honour_type="deputy", person=people[0], state="granted",
                authority="清江县人大常委会", document="清人常〔2025〕3号", granted=date(_YEAR, 1, 10),
            )
        )  # fmt: skip
        writing.put(
            Honour(
                uid=uid(), year=_YEAR, honour_type="deputy", person=people[2], state="publicised",
                publicised=date(_YEAR, 12, 18), publicised_until=date(_YEAR, 12, 24),
                why="全年参加接待日不缺席，协调解决长坪村三组饮水问题",
            )
        )  # fmt: skip
