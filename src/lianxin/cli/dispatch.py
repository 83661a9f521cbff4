"""From the words of a command to what does it, and from what went wrong to a sentence."""

from __future__ import annotations

import argparse
import errno
import logging
import os
from pathlib import Path

from lianxin import __version__
from lianxin.cli import (
    commands,
    demo,
    enrolment_commands,
    handed_commands,
    outgoing_commands,
    overview_commands,
    receiving_commands,
    referred_commands,
    reports,
    review_commands,
    rules_commands,
    template_commands,
    town_commands,
    yearly_commands,
)
from lianxin.cli.measuring import run_check_document
from lianxin.cli.saying import DONE, REFUSED, WRONG_USE, CommandProblem, Voice
from lianxin.cli.window import OpenWindow, ProveWindow
from lianxin.domain.periods import BadPeriod
from lianxin.domain.rules import BadProfile
from lianxin.installed import default_home, log_to
from lianxin.ledgers.refusals import LedgerUnreadable
from lianxin.office.desk import NotSetUp
from lianxin.office.paperwork.paper import PapersProblem
from lianxin.office.sending.delivering import SendingFailed
from lianxin.store.errors import StoreProblem
from lianxin.store.own_copy import is_lost
from lianxin.store.places import require_here

_logger = logging.getLogger(__name__)


def words_for(problem: BaseException) -> tuple[str, str, int]:
    """Sentence, code and exit status for whatever ended a command; what nobody foresaw goes to the log."""
    match problem:
        case CommandProblem():
            return problem.message, problem.code, problem.status
        case StoreProblem():
            return problem.message, problem.code, WRONG_USE
        case BadProfile():
            return f"{str(problem).rstrip('。')}，没有改动任何数据", "C209", WRONG_USE
        case BadPeriod() | PapersProblem():
            return str(problem), "C211", WRONG_USE
        case SendingFailed():
            return problem.message, problem.code, REFUSED if problem.code in _NOT_SOUND else WRONG_USE
        case LedgerUnreadable():
            return str(problem), "C213", WRONG_USE
        case NotSetUp():
            return problem.message, "C203", WRONG_USE
        case KeyboardInterrupt():
            return "已停止，已经保存的数据不受影响", "C210", REFUSED
        case OSError():
            _logger.error("file failed", exc_info=problem)
            return _unusable(problem), "C215", WRONG_USE
    _logger.error("command failed", exc_info=problem)
    return "程序出了意外，这一步没有完成，已经保存的数据不受影响；详情记在日志里", "C299", WRONG_USE


_NOT_SOUND = ("S202", "S208")
"""A file that was written and did not pass; everything else that stops a sending lies around the program."""


def _unusable(problem: OSError) -> str:
    """A file or folder that cannot be used, named where the system names it."""
    whys: dict[type[OSError], str] = {
        FileNotFoundError: "找不到",
        PermissionError: "没有权限，或正被别的程序打开",
        IsADirectoryError: "是文件夹，这里要的是文件",
        NotADirectoryError: "不在文件夹里",
        FileExistsError: "是文件，这里要的是文件夹",
    }
    why = next((words for kind, words in whys.items() if isinstance(problem, kind)), "读写没有成功")
    if problem.errno == errno.ENOSPC:
        why = "磁盘已满"
    elif problem.errno == errno.EROFS:
        why = "只能读，不能写"
    place = " ".join(str(problem.filename).split())[:200] if problem.filename else "这个位置"
    return f"{place}：{why}，这一步没有完成，已经保存的数据不受影响；请换一个位置再试"


def dispatch(
    told: argparse.Namespace, window: OpenWindow | None, prove_window: ProveWindow | None = None
) -> int:
    """Runs the command that was named and returns its exit status. Raises whatever stops it."""
    voice = Voice(as_json=bool(vars(told).get("json", False)))
    if told.version:
        print(__version__)
        return DONE
    home = Path(vars(told).get("home") or default_home())
    if told.command == "dictionary":
        return commands.run_dictionary(told, voice)
    if told.command == "verify":
        return reports.run_verify(told, voice)
    if told.command == "self-test":
        from lianxin.cli.self_test import run_self_test

        return run_self_test(voice, prove_window)
    if told.command == "document" and told.check is not None:
        return run_check_document(told.check, voice)
    # Before the log: where no ledger may lie, nothing is written at all.
    require_here(home, os.environ)
    log_to(home)
    if told.command == "init":
        return commands.run_init(home, told, voice)
    if told.command == "restore":
        return reports.run_restore(home, told, voice)
    if told.command == "repair":
        return reports.run_repair(home, voice)
    if told.command == "demo":
        return demo.run_demo(home, told, voice, window)
    if told.command == "check":
        return commands.run_check(home, voice)
    lost = told.command == "rebuild" and is_lost(home)
    app = (
        receiving_commands.open_lost(home)
        if lost
        else commands.open_app(home, who=str(vars(told).get("user", "")))
    )
    try:
        known = {
            **commands.COMMANDS,
            **reports.COMMANDS,
            **review_commands.COMMANDS,
            **enrolment_commands.COMMANDS,
            **handed_commands.COMMANDS,
            **rules_commands.COMMANDS,
            **template_commands.COMMANDS,
            **town_commands.COMMANDS,
            **outgoing_commands.COMMANDS,
            **overview_commands.COMMANDS,
            **referred_commands.COMMANDS,
            **yearly_commands.COMMANDS,
        }
        return {**known, **receiving_commands.COMMANDS}[told.command](app, told, voice)
    finally:
        app.close()
