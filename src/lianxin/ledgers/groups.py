"""Rosters of deputy groups: a group to a row with its members in a cell, or a member to a row under its group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lianxin.domain.checks import read_number
from lianxin.domain.dates import Unreadable
from lianxin.domain.numerals import plain
from lianxin.ledgers.addresses import split_names
from lianxin.ledgers.cells import Workbook
from lianxin.ledgers.findings import Findings, RefusedRow
from lianxin.ledgers.headings import Column
from lianxin.ledgers.rows import LedgerRow, SheetReading
from lianxin.ledgers.sheets import read_rows
from lianxin.ledgers.titles import bare_name
from lianxin.ledgers.visit_columns import looks_like_phone, looks_like_sex

KIND = "group"
COLUMNS = (
    Column("number", "序号", ("编号", "号", "No")),
    Column("group", "小组名称", ("代表小组", "组别", "小组", "组名", "所属小组", "代表小组名称", "小组编号", "名称", "代表团"),
           required=True),
    Column("leader", "组长", ("召集人", "小组长", "组长姓名", "负责人")),
    Column("deputy_leader", "副组长", ("副召集人",)),
    Column("members", "成员", ("组员", "小组成员", "代表姓名", "代表", "姓名", "小组代表", "组成人员", "成员名单", "成员姓名",
                             "代表名单", "人大代表")),
    Column("role", "组内职务", ("小组职务", "职务", "组内分工", "小组内职务")),
    Column("villages", "覆盖村（社区）", ("活动范围", "所辖村", "片区", "责任片区", "联系村", "覆盖村", "所辖村社区", "辖区", "涉及村")),
    Column("yearly_least", "每年活动下限", ("每年活动次数", "年活动次数", "活动次数")),
    Column("sex", "性别", (), looks_like_sex),
    Column("phone", "联系电话", ("电话", "手机", "联系方式", "手机号码"), looks_like_phone),
    Column("size", "人数", ("代表人数", "成员人数")),
    Column("remark", "备注", ("说明",)),
)  # fmt: skip
_ROLES = (("副组长|副召集人", "deputy_leader"), ("组长|召集人", "leader"))
_SAID = re.compile(r"(副?组长|副?召集人|组员|成员|联络员)[:：]\s*")
_BESIDE = re.compile(r"([^、，,;；/\n()（）\s]{1,8})\s*[(（]\s*(副?组长|副?召集人)\s*[)）]")


@dataclass(frozen=True)
class GroupRow:
    """One row of a roster of groups; `members` are (name, code of GROUP_ROLE)."""

    row: LedgerRow
    name: str
    members: tuple[tuple[str, str], ...]
    villages: str | None
    yearly_least: int | None
    remark: str | None


@dataclass(frozen=True)
class GroupRoster:
    """A whole roster of groups as understood; nothing is stored yet."""

    sheets: tuple[SheetReading, ...]
    rows: tuple[GroupRow, ...]
    refused: tuple[RefusedRow, ...]


def read_groups(
    workbook: Workbook, *, overrides: Mapping[str, Mapping[int, str]] | None = None
) -> GroupRoster:
    """Understand a roster of groups; a blank group name goes on from above, which is asked."""
    sheets = read_rows(workbook, COLUMNS, kind=KIND, carried=("group", "villages"), overrides=overrides)
    rows: list[GroupRow] = []
    refused: list[RefusedRow] = []
    for sheet in sheets:
        for row in sheet.rows:
            found = _understood(row)
            if isinstance(found, GroupRow):
                rows.append(found)
            else:
                refused.append(found)
    return GroupRoster(sheets, tuple(rows), tuple(refused))


def _understood(row: LedgerRow) -> GroupRow | RefusedRow:
    findings = Findings(row)
    name = findings.words("group")
    if not name:
        findings.refuse("group", "小组名称是空的，请填写")
        return RefusedRow(findings.row, tuple(findings.fatal))
    name = re.sub(r"\s+", "", name)
    members: dict[str, str] = {}
    for field, role in (("leader", "leader"), ("deputy_leader", "deputy_leader"), ("members", "")):
        for member, said in _people(findings, field, role or _role(findings)):
            if member not in members or members[member] == "member":
                members[member] = said
    stated = findings.words("size")
    if stated and plain(stated).rstrip("人名").isdigit():
        number = int(plain(stated).rstrip("人名"))
        if number != len(members) and len(members) > 1:
            findings.wrong("size", f"人数写的是{number}，数出来是{len(members)}人，请核对")
    return GroupRow(
        findings.row, name, tuple(members.items()), findings.words("villages"), _least(findings),
        findings.words("remark"),
    )  # fmt: skip


def _people(findings: Findings, field: str, role: str) -> list[tuple[str, str]]:
    text = findings.words(field)
    if text is None:
        return []
    found: list[tuple[str, str]] = []
    for said, part in _parts(text):
        beside = {re.sub(r"\s", "", name): _role_of(word) for name, word in _BESIDE.findall(part)}
        for name in split_names(part):
            bare = bare_name(name)
            found.append((bare, beside.get(bare) or (_role_of(said) if said else role)))
    return found


def _parts(text: str) -> list[tuple[str, str]]:
    """组长：张三 成员：李四、王五 → each word with the names that follow it."""
    pieces = _SAID.split(text)
    parts = [("", pieces[0])] if pieces[0].strip() else []
    return parts + [(pieces[n], pieces[n + 1]) for n in range(1, len(pieces) - 1, 2)]


def _role(findings: Findings) -> str:
    return _role_of(findings.text("role"))


def _role_of(text: str) -> str:
    return next((code for shape, code in _ROLES if re.search(shape, text)), "member")


def _least(findings: Findings) -> int | None:
    text = findings.words("yearly_least")
    if text is None:
        return None
    try:
        return read_number(text)
    except Unreadable as unreadable:
        findings.wrong("yearly_least", str(unreadable))
        return None
