"""主题活动方案 and 主题活动总结 of the theme of a year (founding documents 004-10, 004-11)."""

from __future__ import annotations

from collections.abc import Callable

from lianxin.domain.records import Activity, AnnualTheme, Deed, ThemeTask
from lianxin.office.desk import Desk, office_of
from lianxin.office.meetings.year_plans import theme_told
from lianxin.office.names import Names
from lianxin.office.paperwork.outgoing_numbers import number_about
from lianxin.office.paperwork.paper import Asked, Paper, PapersProblem
from lianxin.office.paperwork.templates import in_own_look
from lianxin.store.reading import Condition, Reading

_PARTS = (
    ("when", "时间安排"),
    ("method", "方法"),
    ("steps", "步骤"),
    ("organisation", "组织"),
    ("praise", "总结表彰"),
    ("goals", "目标指标"),
)


def theme_paper(desk: Desk, uid: str, *, summary: bool) -> tuple[str, bytes]:
    """File name and content. Raises PapersProblem."""
    paper = THEME_PAPERS[1 if summary else 0]
    with desk.store.reading() as reading:
        theme = reading.get(AnnualTheme, uid)
        made = paper.make(Asked(desk, reading, uid, None))
    return f"{paper.label}_{theme.year if theme else ''}.docx", made


def _plan(asked: Asked, theme: AnnualTheme) -> bytes:
    from lianxin.documents.official.theme_papers import theme_docx

    names = Names(asked.reading)
    claims = [f"{names.of('person', each.person)}：{each.what}" for each in _claims(asked.reading, theme)]
    items = [(heading, theme.shown(wire)) for wire, heading in _PARTS]
    items.append(("代表认领事项", "\n".join(claims)))
    return theme_docx(
        f"{theme.year}年“{theme.name}”\n主题活动方案", items, issuer=office_of(asked.reading).name,
        signed=asked.desk.today(), basis=theme.document or "", number=number_about(asked.reading, [theme.uid]),
    )  # fmt: skip


def _summary(asked: Asked, theme: AnnualTheme) -> bytes:
    from lianxin.documents.official.theme_papers import theme_docx
    from lianxin.domain.dates import show_day

    reading, names = asked.reading, Names(asked.reading)
    told = theme_told(reading, theme, asked.desk.today())
    activities = reading.by_uid(Activity, told.activities).values()
    deeds = reading.by_uid(Deed, told.deeds).values()
    lines = [f"{show_day(each.day)}，{each.topic}。" for each in sorted(activities, key=lambda one: one.day)]
    helped = [f"{names.of('person', each.person)}：{each.what}" for each in deeds]
    done = [
        f"{names.of('person', each.person)}：{each.what}（{each.shown('state')}{'，' + each.result if each.result else ''}）"
        for each in _claims(reading, theme)
    ]
    items = [
        ("基本情况", told.words + "。"), ("开展的活动", "\n".join(lines)), ("代表认领和完成", "\n".join(done)),
        ("办实事", "\n".join(helped)), ("成效和不足", theme.summary or ""), ("总结表彰", theme.praise or ""),
    ]  # fmt: skip
    return theme_docx(
        f"{theme.year}年“{theme.name}”\n主题活动总结", items, issuer=office_of(reading).name,
        signed=asked.desk.today(), basis="",
    )  # fmt: skip


def _claims(reading: Reading, theme: AnnualTheme) -> list[ThemeTask]:
    return reading.all(ThemeTask, Condition("annual_theme", "=", theme.uid))


def _of_theme(make: Callable[[Asked, AnnualTheme], bytes]) -> Callable[[Asked], bytes]:
    def made(asked: Asked) -> bytes:
        theme = asked.reading.get(AnnualTheme, asked.uid or "")
        if theme is None:
            raise PapersProblem(f"没有找到这个年度主题（{asked.uid}），没有生成文件")
        return make(asked, theme)

    return made


THEME_PAPERS: tuple[Paper, ...] = (
    Paper(
        "theme-plan",
        "主题活动方案",
        ".docx",
        "record",
        in_own_look("theme-plan", _of_theme(_plan)),
        official=True,
    ),
    Paper(
        "theme-summary",
        "主题活动总结",
        ".docx",
        "record",
        in_own_look("theme-summary", _of_theme(_summary)),
        official=True,
    ),
)
