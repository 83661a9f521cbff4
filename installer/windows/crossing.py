"""A file sent by the installed Windows program and received by the Linux one, and the answer back."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from windows.wine_prefix import Prefix

TOWN = ("township", "439901102", "清江县石牌镇人大主席团")
COUNTY = ("county", "439901", "清江县人大常委会")
TOWN_HOME = "石牌镇（办公室）"
PERIOD = "2026-10"
VISIT = {
    "类型": "日常来访", "日期": "2026-10-20", "反映内容": "村道水管爆裂，𠮷家门口积水", "人次": 1,
    "来访人": "吐尔逊·买买提",
}  # fmt: skip
DEEP = ("往来（2026）😀", *["第一季度报送材料【清江县】" * 4] * 5)
"""The folder both reach: its name has more characters than Windows' old 260."""
PASSPHRASE = {"LIANXIN_PASSPHRASE": "清江 来往"}
Said = list[dict[str, object]]


def cross(prefix: Prefix, windows_program: Path, linux_program: Path, work: Path) -> str:
    """A township on Windows enrols with a county on Linux, sends, and takes in the receipt; the 核对码 that both saw.

    `work` is a folder on drive C; the county reaches the same files from outside. Raises SystemExit.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    town, county, post = work / TOWN_HOME, work / "清江县", work.joinpath(*DEEP)
    visit = work / "来访.json"
    visit.write_text(json.dumps(VISIT, ensure_ascii=False), encoding="utf-8")

    def at_town(*arguments: str | Path) -> Said:
        told = [prefix.windows_path(each) if isinstance(each, Path) else each for each in arguments]
        command = [windows_program, "--home", prefix.windows_path(town), *told, "--json"]
        return _lines(prefix.run(command, more=PASSPHRASE).stdout)

    def at_county(*arguments: str | Path) -> Said:
        command = [linux_program, "--home", county, *arguments, "--json"]
        done = subprocess.run(
            list(map(str, command)), env={**PASSPHRASE, "HOME": str(work), "LANG": "C.UTF-8"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return _lines(done.stdout)

    _begin(at_town, TOWN)
    _begin(at_county, COUNTY)
    at_town("put", "contact", "--json-file", visit)
    at_town("enrol", "request", "--to", post / "登记")
    at_county("enrol", "issue", _only(post / "登记"), "--to", post / "证书")
    at_town("enrol", "accept", _only(post / "证书"))
    sent = at_town("send", "--period", PERIOD, "--to", post / "报送")[-1]
    received = at_county("receive", _only(post / "报送"))[-1]
    at_county("receipts", "--to", post / "回执")
    accepted = at_town("accept", _only(post / "回执"))[-1]
    if received["verdict"] != "ACCEPT" or accepted["verdict"] != "ACCEPT":
        raise SystemExit(f"not accepted: {received} {accepted}")
    if sent["check_code"] != received["check_code"]:
        raise SystemExit(f"two check codes: {sent} {received}")
    return str(sent["check_code"])


def _begin(at: Callable[..., Said], office: tuple[str, str, str]) -> None:
    role, code, name = office
    at("init", "--role", role, "--code", code, "--name", name)


def _lines(said: str) -> Said:
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


def _only(folder: Path) -> Path:
    files: Sequence[Path] = sorted(folder.iterdir())
    if len(files) != 1:
        raise SystemExit(f"one file was expected in {folder}: {files}")
    return files[0]
