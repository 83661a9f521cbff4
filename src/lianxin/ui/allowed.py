"""What the person at this window may not do: each window knows the sentences, widgets ask the window they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractButton, QToolTip, QWidget

from lianxin.domain.roles import RIGHTS, Act, Acting

_PROPERTY = "refusal-"
_ANNOUNCED: Sequence[tuple[Act, str]] = (
    ("sign", "数字签名|再签一份|下发给|写回执|再写一份"),
    ("finalize", "定稿|取消定稿"),
    (
        "keys",
        "另做一张恢复单|生成登记申请|续期：|换新密钥|接收登记答复|选择登记申请|核对一致，签发|作废这|写证书清单|续发",
    ),
    ("users", "增加使用人|移交|重设口令"),
    ("restore", "恢复选中的备份|换回"),
    ("rules", "导入规则库文件"),
    ("reveal", "显示|打印|导出|全部导出|履职登记表|做成|生成送签稿"),
    (
        "register",
        "登记|新建|新增|增加|加入|加一项|加名单|添加|修改|改$|改成|删除|去掉|移除|恢复|采用|都按|保存|只保存|暂存|生成今后"
        "|生成全年|按规则|按建议|代表请假|＋|涂黑|全部涂黑|取消|作废|年度定稿|年终定稿|全部定稿|合并办理|不合并|批量|推荐"
        "|范本|参照|照上次|其余|套用|确认|结束接待|换届|编|公示$|口头述职|书面述职|改为|宣誓|报县备案|记上|撤回|启用|停用"
        "|换上|是同一人|不是同一人|复制上一条|选择回执|从U盘读取|选择文件|选择文件夹|接收|收回|县里电话确认|导入|起草|盖章件"
        "|退回|退乡镇|审核通过|撤销这次|指定$|建这一天|请假|只记请假|用留存",
    ),
)
"""Act → how the words on its buttons begin: the house names a button after what it does, the graver act first."""
_BEGINS = tuple((act, re.compile(words)) for act, words in _ANNOUNCED)


def tell_window(window: QWidget, acting: Acting) -> None:
    """Lets a window know why its person may not do what his role does not."""
    for act in RIGHTS:
        window.setProperty(f"{_PROPERTY}{act}", acting.refusal(act))


def announced(words: str) -> Act | None:
    """The act a button announces by its words; None for one that only shows something or goes somewhere."""
    return next((act for act, begins in _BEGINS if begins.match(words)), None)


def refusal_in(widget: QWidget, act: Act) -> str:
    """Why an act is not done here, from the nearest window that knows; empty when it may be done."""
    place: QWidget | None = widget
    while place is not None:
        told = place.property(f"{_PROPERTY}{act}")
        if isinstance(told, str):
            return told
        place = place.parentWidget()
    return ""


def refused(pressed: QAbstractButton, act: Act) -> bool:
    """True when a button's act is refused here; the button is then put out of use and says why."""
    words = refusal_in(pressed, act)
    if not words:
        return False
    grey_out(pressed, words)
    QToolTip.showText(pressed.mapToGlobal(pressed.rect().bottomLeft()), words, pressed)
    return True


def grey_out(widget: QWidget, words: str) -> None:
    """Puts a widget out of use and says why."""
    widget.setEnabled(False)
    widget.setToolTip(words)
    widget.setAccessibleDescription(words)
