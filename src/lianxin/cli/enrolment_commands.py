"""The commands of enrolment: `enrol …` and `keys export-root`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lianxin.bootstrap import App
from lianxin.cli.commands import Run, passphrase
from lianxin.cli.saying import DONE, REFUSED, CommandProblem, Voice
from lianxin.domain.canonical import JsonValue
from lianxin.installed import PASSPHRASE_VARIABLE, given_passphrase

# Certificates and encryption are loaded by the command that needs them.
if TYPE_CHECKING:
    from lianxin.domain.records import Enrolment

ROOT_VARIABLE = "LIANXIN_ROOT_PASSPHRASE"
Step = Callable[[App, argparse.Namespace, Voice], int]


@contextmanager
def _told() -> Iterator[None]:
    """What enrolment refuses, as one sentence with a code."""
    from lianxin.keys.keyfile import KeyFileRefused
    from lianxin.office.enrolment.files import EnrolmentRefused
    from lianxin.office.trust.trusting import NotThisOffice

    try:
        yield
    except EnrolmentRefused as refused:
        raise CommandProblem(refused.message, code=refused.code, status=REFUSED) from refused
    except NotThisOffice as elsewhere:
        raise CommandProblem(elsewhere.message, code=elsewhere.code) from elsewhere
    except KeyFileRefused as closed:
        raise CommandProblem(str(closed), code="K310") from closed


def _enrol(app: App, told: argparse.Namespace, voice: Voice) -> int:
    with _told():
        return _STEPS[told.step](app, told, voice)


def _keys(app: App, told: argparse.Namespace, voice: Voice) -> int:
    with _told():
        return _export_root(app, told, voice)


def _request(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.enrolment.enrolling import request_enrolment
    from lianxin.office.trust.trusting import reader_key

    made = request_enrolment(app.desk, to=told.to, new_key=told.new_key)
    reader = reader_key(app.desk).recipient
    voice.tell(
        {
            "path": str(made.path),
            "check_code": made.check_code,
            "spoken_code": made.spoken_code,
            "reader": reader,
        },
        f"已生成登记申请：{made.path}\n核对码：{made.spoken_code}\n本机收件码：{reader}\n"
        "请把文件交给县人大，并在电话里报出核对码；收到登记答复后用 enrol accept 接收。",
    )
    return DONE


def _issue(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.enrolment.enrolling import issue_certificate

    done = issue_certificate(
        app.desk,
        file=told.file,
        to=told.to,
        root_file=told.root,
        passphrase=_root_words(told),
        instead=told.instead,
    )
    line = _line(done.record)
    line |= {
        "replaced": [each.serial for each in done.replaced],
        "path": str(done.file.path),
        "check_code": done.request.check_code,
        "spoken_code": done.request.spoken_code,
        "root_code": done.root_code,
        "again": done.again,
        "further": done.further,
    }
    known = "这台电脑已经登记过，答复里是同一张证书。" if done.again else "已签发证书并登记。"
    known += "这台电脑原来的证书已作废。" if done.replaced else ""
    further = (
        f"注意：这是{done.record.name}的另一台电脑，该单位已有{done.further}台登记在用；不是他们申请的就立即作废。"
        if done.further
        else ""
    )
    voice.tell(
        line,
        f"{done.record.code} {done.record.name}（{done.record.device}）：{known}{further}\n"
        f"申请核对码：{done.request.spoken_code}（请给对方打电话核对）\n"
        f"登记答复：{done.file.path}\n根证书核对码：{done.root_code}（请告诉对方）",
    )
    return DONE


def _accept(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.enrolment.enrolling import accept_answer

    done = accept_answer(app.desk, file=told.file, root_code=told.root_code)
    rules = done.held.rule_profile
    own = app.desk.profile
    other = (
        f"\n县人大用的规则库是“{rules.name}”，本机用的是“{own.name}”，要一致请在设置里改。"
        if rules and rules.key != own.key
        else ""
    )
    revoked = (
        "\n注意：本机的证书已被县人大作废，再报送会被拒收。请换新密钥再申请：enrol request --new-key --to U盘。"
        if done.revoked
        else ""
    )
    confirmed = (
        "根证书已核对。"
        if done.held.confirmed
        else "根证书未核对：请打电话向县人大核对上面的号码，核对后用 enrol confirm 号码 记下；不影响报送。"
    )
    voice.tell(
        {
            "county_code": done.held.county_code,
            "county_name": done.held.county_name,
            "root_code": done.root_code,
            "confirmed": done.held.confirmed,
            "certified": done.certified,
            "revoked": done.revoked,
            "rules": rules.key if rules else None,
        },
        f"已接收{done.held.county_name}的{'登记答复' if done.certified else '证书清单和规则'}。\n"
        f"根证书核对码：{done.root_code}\n{confirmed}{other}{revoked}",
    )
    return DONE


def _confirm(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.office.enrolment.enrolling import confirm_root

    held = confirm_root(app.desk, told.code)
    voice.tell({"root_code": held.root_code, "confirmed": True}, "根证书已核对。")
    return DONE


def _revoke(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.enrolment.enrolling import revoke

    done = revoke(app.desk, code=told.code, to=told.to, root_file=told.root, passphrase=_root_words(told))
    lines: list[JsonValue] = [_line(each) for each in done.records]
    names = "、".join(f"{each.name}（{each.device or '县人大'}）" for each in done.records)
    renewed = "县人大已换用新的签名密钥。" if done.renewed else ""
    voice.tell(
        {"path": str(done.file.path), "revoked": lines, "renewed": done.renewed},
        f"已作废：{names}。{renewed}\n请把 {done.file.path} 发给各乡镇，用 enrol accept 接收；"
        "对方换新密钥再申请后可以重新签发。",
    )
    return DONE


def _profile(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.enrolment.enrolling import write_profile

    made = write_profile(app.desk, to=told.to, root_file=told.root, passphrase=_root_words(told))
    voice.tell(
        {"path": str(made.path), "check_code": made.check_code},
        f"已生成证书清单和规则：{made.path}\n请发给各乡镇，用 enrol accept 接收。",
    )
    return DONE


def _list(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.certificates.after_restore import to_check
    from lianxin.county.certificates.register import registered
    from lianxin.county.certificates.root_key import root_state

    for each in registered(app.desk):
        record = each.record
        voice.tell(
            {**_line(record), "state": each.state},
            f"{record.code}  {record.name}  {record.device or ''}  证书 {each.short_number}  "
            f"有效期至 {record.until.isoformat()}  {each.state}",
        )
    voice.say(root_state(app.desk).words)
    if (check := to_check(app.desk)) is not None:
        voice.say(f"注意：{check.words}核对完运行 enrol checked。")
    return DONE


def _checked(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.certificates.after_restore import confirm_checked
    from lianxin.county.certificates.register import county_office

    county_office(app.desk)
    confirm_checked(app.desk)
    voice.tell({"checked": True}, "已记下：作废名单核对过了。")
    return DONE


def _renew(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.enrolment.renewing import renew, soon_over_now

    due = [each.serial for each in soon_over_now(app.desk) if each.role == "desk"]
    wanted = [
        serial for serial in due if not told.numbers or any(serial.startswith(each) for each in told.numbers)
    ]
    made = (
        renew(app.desk, serials=wanted, root_file=told.root, passphrase=_root_words(told)) if wanted else ()
    )
    for each in made:
        voice.tell(
            _line(each), f"已续发 {each.name} 的证书，有效期至 {each.until.isoformat()}，随下一次回执下发"
        )
    if not made:
        voice.say("没有快到期的证书，没有续发。")
    return DONE


def _recode(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.units import note_code_change

    change = note_code_change(
        app.desk, former=told.former, code=told.code, day=told.on, name=told.name, change=told.change,
        until=told.until,
    )  # fmt: skip
    voice.tell(
        {"uid": change.uid, "former": change.former, "code": change.code, "date": change.day.isoformat()},
        f"已登记：{change.former} 自 {change.day.isoformat()} 起由 {change.code} 接续。",
    )
    return DONE


def _export_root(app: App, told: argparse.Namespace, voice: Voice) -> int:
    from lianxin.county.certificates.root_key import export_root

    words = passphrase() if told.root is None else _root_words(told)
    done = export_root(app.desk, to=told.to, passphrase=words, file=told.root)
    opens, further = "口令与原来那一份相同。", "请把两份分开保管。"
    if told.root is None:
        opens = "用现在的开机口令打开。"
        further = f"请再导出一份到另一个U盘：keys export-root --root {done.path} --to 另一个U盘。"
    voice.tell(
        {"path": str(done.path), "root_code": done.root_code, "moved": done.moved},
        f"根密钥已导出并读回核对：{done.path}，{opens}\n"
        + ("本机不再保存根密钥，以前做的备份里仍有，请一并收好。" if done.moved else "")
        + f"{further}\n根证书核对码：{done.root_code}",
    )
    return DONE


def _root_words(told: argparse.Namespace) -> str:
    """The passphrase of an exported root; nobody is asked. Raises CommandProblem."""
    if told.root is None:
        return ""
    # A root keeps the passphrase of the day it was exported, whatever the office uses since.
    words = os.environ.get(ROOT_VARIABLE) or given_passphrase()
    if words is None:
        raise CommandProblem(
            f"没有给出根密钥的口令：请设好环境变量 {ROOT_VARIABLE} 或 {PASSPHRASE_VARIABLE}；没有签发，没有改动",
            code="C202",
        )
    return words


def _line(record: Enrolment) -> dict[str, JsonValue]:
    return {
        "uid": record.uid,
        "code": record.code,
        "name": record.name,
        "device": record.device,
        "role": record.role,
        "serial": record.serial,
        "until": record.until.isoformat(),
        "revoked_at": record.revoked_at,
    }


_STEPS: dict[str, Step] = {
    "request": _request,
    "issue": _issue,
    "accept": _accept,
    "confirm": _confirm,
    "revoke": _revoke,
    "profile": _profile,
    "list": _list,
    "checked": _checked,
    "recode": _recode,
    "renew": _renew,
}
COMMANDS: dict[str, Run] = {"enrol": _enrol, "keys": _keys}
