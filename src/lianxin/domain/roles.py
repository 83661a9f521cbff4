"""What each role may do, as one table; who sits at the desk is asked against it at the writing door and in the office.

Roles hold against mistakes, not against the owner of the computer: whoever has a passphrase has the key of the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from lianxin.domain.codes import USER_ROLE

Role = Literal["recorder", "reviewer", "administrator", "viewer"]
Act = Literal["look", "register", "reveal", "finalize", "sign", "keys", "users", "restore", "rules", "erase"]


@dataclass(frozen=True)
class Right:
    """An act in the clerk's words, the roles that may do it, and why the others may not."""

    words: str
    roles: frozenset[Role]
    why: str


_EVERYBODY: frozenset[Role] = frozenset({"recorder", "reviewer", "administrator", "viewer"})
_WRITERS: frozenset[Role] = frozenset({"recorder", "reviewer", "administrator"})
_DECIDERS: frozenset[Role] = frozenset({"reviewer", "administrator"})
_KEEPERS: frozenset[Role] = frozenset({"administrator"})

RIGHTS: Mapping[Act, Right] = MappingProxyType(
    {
        "look": Right("查看", _EVERYBODY, "有口令的人都可以看"),
        "register": Right("登记和修改", _WRITERS, "只读的人只查看，登记由经办人做，才说得清是谁记的"),
        "reveal": Right(
            "显示完整的个人信息", _WRITERS, "个人信息只给经办这件事的人看（个人信息保护法第五十一条）"
        ),
        "finalize": Right("定稿", _DECIDERS, "录入和审核分开，报出去的数由另一个人核过"),
        "sign": Right("数字签名和报送", _DECIDERS, "数字签名代表本单位，由审核的人办"),
        "keys": Right("办理登记、密钥和恢复单", _KEEPERS, "密钥丢了要县人大重新办，由一个人负责"),
        "users": Right("增减使用人", _KEEPERS, "谁能打开台账，由一个人负责"),
        "restore": Right("用备份换掉数据", _KEEPERS, "换掉的是所有人的数据"),
        "rules": Right("更换规则库", _KEEPERS, "期限和口径一换，全部统计都跟着变"),
        "erase": Right("彻底删除个人信息", _KEEPERS, "删了就找不回来"),
    }
)
"""Act → who may do it and why."""

KIND_ACTS: Mapping[str, Act] = MappingProxyType({"user": "users"})
"""Kinds whose writing is more than registering."""

UNGUARDED_KINDS = frozenset({"access-note"})
"""What the program notes by itself, whoever sits there."""


def label_of(role: str) -> str:
    """The role as people say it: 录入, 审核, 管理, 只读."""
    return USER_ROLE.label_of(role)


def act_for(kind: str) -> Act | None:
    """The act that writing a record of this kind is; None for what the program notes by itself."""
    return None if kind in UNGUARDED_KINDS else KIND_ACTS.get(kind, "register")


@dataclass(frozen=True)
class Acting:
    """Who sits at the desk: the actor code that travels, the name that stays here, the role.

    `alone` while the office has one person, who is asked nothing and may do everything.
    """

    code: str
    name: str = ""
    role: Role = "administrator"
    alone: bool = True

    def may(self, act: Act) -> bool:
        """Whether this role does this."""
        return self.role in RIGHTS[act].roles

    def refusal(self, act: Act) -> str:
        """Why not, in one Chinese sentence; empty when it may be done."""
        if self.may(act):
            return ""
        right = RIGHTS[act]
        who = "、".join(f"“{code.label}”" for code in USER_ROLE.codes if code.code in right.roles)
        return (
            f"您的角色是“{label_of(self.role)}”，不能{right.words}，没有改动任何数据。"
            f"{right.why}；请由{who}的人来做。"
        )


def role_named(code: str) -> Role:
    """The role of a code; one that a newer program made may only look."""
    return _ROLES.get(code, "viewer")


_ROLES: Mapping[str, Role] = MappingProxyType(
    {"recorder": "recorder", "reviewer": "reviewer", "administrator": "administrator"}
)
