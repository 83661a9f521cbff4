"""What clerks write above the columns of a ledger of activities or meetings, beside the fields of the record."""

from __future__ import annotations

from lianxin.ledgers.headings import Column

CAME = Column(
    "came", "参加人员",
    ("参加代表", "出席人员", "参会人员", "参加人", "出席代表", "参与人员", "参加人员名单", "参与代表", "到会人员", "代表姓名", "参会代表"),
)  # fmt: skip
AWAY = Column("away", "请假人员", ("请假", "请假代表", "请假名单"))
COUNT = Column("came_count", "参加人数", ("人数", "参加人次", "实到人数", "参与人数", "出席人数", "实到"))

ACTIVITY_COLUMNS = (
    Column("topic", "活动主题", ("主题", "活动内容", "活动名称"), required=True),
    Column("date", "活动日期", ("日期", "活动时间", "时间"), required=True),
    Column("type", "活动类型", ("活动类别",)),
    Column("place", "活动地点", ("地点",)),
    CAME, AWAY, COUNT,
)  # fmt: skip
"""By these a ledger of activities is told from others."""
