"""Running one command: problems people can expect become a sentence, everything else goes to the log."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from lianxin.cli.parsing import make_parser
from lianxin.cli.saying import REFUSED, WRONG_USE, complain
from lianxin.cli.window import OpenWindow, ProveWindow, open_window
from lianxin.installed import default_home, given_passphrase

# Before a data folder is named there is no log; the details must not land on standard error instead.
logging.getLogger("lianxin").addHandler(logging.NullHandler())


def run(
    arguments: Sequence[str], *, window: OpenWindow | None = None, prove_window: ProveWindow | None = None
) -> int:
    """Runs one command, or `window` when none or `open` is named, and returns the exit status of cli.md. Never raises."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may speak GBK; scripts are promised UTF-8.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    told = make_parser().parse_args(arguments)
    debug = bool(vars(told).get("debug", False))
    try:
        if told.command in (None, "open") and not told.version:
            home, file = Path(vars(told).get("home") or default_home()), vars(told).get("opened")
            return open_window(home, given_passphrase(), window, file=file)
        # Loaded only for a command: the window comes on screen first and loads the ledger then.
        from lianxin.cli.dispatch import dispatch

        return dispatch(told, window, prove_window)
    except BrokenPipeError:
        # Whoever read the lines has heard enough; nothing more can be said there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except ImportError as lacking:
        # Told here and not by the modules below: they may be what cannot be loaded.
        system = "；缺 libEGL、libGL 或 libxcb 的，请管理员安装 libegl1、libgl1、libxcb1"
        advice = system if sys.platform == "linux" else ""
        complain(f"程序文件缺失或损坏（{lacking}），数据没有改动。请重新安装连心{advice}", "C231")
        return WRONG_USE
    except (Exception, KeyboardInterrupt) as problem:
        from lianxin.cli.dispatch import words_for

        message, code, status = words_for(problem)
        complain(message, code)
        if debug:
            traceback.print_exc()
        return status
