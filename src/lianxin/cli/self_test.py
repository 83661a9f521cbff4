"""`self-test`: proves an installed copy by doing the main job once on throw-away data, and says what works."""

from __future__ import annotations

import json
import logging
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from lianxin import __version__
from lianxin.bootstrap import App, begin, known_profiles, surroundings
from lianxin.cli.saying import DONE, REFUSED, Voice
from lianxin.cli.window import ProveWindow
from lianxin.domain.canonical import JsonValue
from lianxin.installed import MissingPart, changelog, manual_dir, samples_dir
from lianxin.office.figuring import period_of
from lianxin.office.papers.catalogue import make_paper
from lianxin.office.putting import put_told
from lianxin.office.safekeeping.setting_up import Beginning
from lianxin.store.check import check
from lianxin.store.files import why_not, write_atomic
from lianxin.store.migrate import MIGRATIONS
from lianxin.store.schema import REVISIONS

_logger = logging.getLogger(__name__)

_PASSPHRASE = "清江 自检"
_PERIOD = "2026-10"
_TOWN = Beginning(role="township", code="439901102", name="清江县石牌镇人大主席团")
_COUNTY = Beginning(role="county", code="439901", name="清江县人大常委会")
_VISIT: Mapping[str, JsonValue] = {
    "类型": "日常来访",
    "日期": "2026-10-20",
    "反映内容": "村道水管爆裂，𠮷家门口积水",
    "人次": 1,
    "来访人": "吐尔逊·买买提",
}
_DOCUMENTS = (("reception-form", ".docx"), ("monthly-return", ".xlsx"), ("contact-ledger", ".xlsx"))


class ProofFailed(Exception):
    """Something does not work in this copy; the message says what, in Chinese."""


@dataclass(frozen=True)
class _Offices:
    """A township and its county on throw-away data, and the folder their files pass through."""

    town: App
    county: App
    post: Path


def run_self_test(voice: Voice, prove_window: ProveWindow | None) -> int:
    """Every proof in turn, one line each, then one line for the whole; exit 1 when one failed.

    A proof that fails does not stop the others. Nothing outside a temporary folder is touched.
    """
    failed: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="lianxin-", ignore_cleanup_errors=True) as folder,
        ExitStack() as stack,
    ):
        for name, proof in _proofs(Path(folder), stack, prove_window):
            ok, detail = _proved(name, proof)
            if not ok:
                failed.append(name)
            voice.tell(
                {"check": name, "ok": ok, "detail": detail},
                f"{'通过' if ok else '没有通过'}　{name}：{detail}",
            )
    frozen = bool(vars(sys).get("frozen", False))
    voice.tell(
        {
            "ok": not failed,
            "failed": list(failed),
            "version": __version__,
            "frozen": frozen,
            "platform": platform.system().lower(),
            "python": platform.python_version(),
        },
        "自检全部通过"
        if not failed
        else f"自检有{len(failed)}项没有通过：{'、'.join(failed)}。请重新安装本程序",
    )
    return REFUSED if failed else DONE


def _proved(name: str, proof: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, proof()
    except Exception as wrong:
        _logger.exception("self-test %s", name)
        return False, _why(wrong)


def _why(wrong: Exception) -> str:
    """What a proof failed of: our own sentences as they are, the system's with words before them."""
    match wrong:
        case MissingPart():
            return str(wrong)
        case FileNotFoundError() if wrong.filename:
            return f"缺少文件 {Path(wrong.filename).name}"
        case ImportError():
            return f"程序文件缺失或损坏（{str(wrong)[:120]}）"
        case OSError():
            return f"读写没有成功（{str(wrong)[:120]}）"
    return str(wrong)[:200] or type(wrong).__name__


def _proofs(
    folder: Path, stack: ExitStack, prove_window: ProveWindow | None
) -> Iterator[tuple[str, Callable[[], str]]]:
    """The proofs by name, in the order in which one needs the other."""
    made: list[_Offices] = []
    tried: list[Path] = []

    def offices() -> _Offices:
        if made:
            return made[0]
        if tried:
            raise ProofFailed("试用的机构没有建成（原因见 database），这一项没有查")
        tried.append(folder)
        made.append(_begin(folder, stack))
        return made[0]

    yield "resources", _resources
    yield "database", lambda: _database(offices())
    yield "migrations", _migrations
    yield "search", lambda: _search(offices())
    yield "pictures", _pictures
    yield "keys", lambda: _enrol(offices())
    yield "documents", lambda: _documents(offices())
    yield "pdf", _pdf
    yield "send", lambda: _send(offices())
    yield "verify", lambda: _verify(offices())
    yield "long paths", lambda: _long_paths(offices())
    yield "journal", lambda: _journal(offices())
    if prove_window is not None:
        yield from _of_window(prove_window, offices)


def _of_window(
    prove_window: ProveWindow, offices: Callable[[], _Offices]
) -> Iterator[tuple[str, Callable[[], str]]]:
    """The window's own proofs; a library that cannot even be loaded is one that failed, and no unforeseen end."""
    try:
        yield from prove_window(offices().town)
    except Exception as wrong:
        _logger.exception("self-test window")
        why = _why(wrong)

        def fail() -> str:
            raise ProofFailed(why)

        yield "window parts", fail


def _begin(folder: Path, stack: ExitStack) -> _Offices:
    around = replace(surroundings(), witness_folder=folder / "state")
    apps: list[App] = []
    for beginning, name in ((_TOWN, "石牌镇（自检）"), (_COUNTY, "清江县（自检）")):
        home = folder / name
        home.mkdir()
        app, _code = begin(home, _PASSPHRASE, beginning, around=around)
        stack.callback(app.close)
        apps.append(app)
    put_told(apps[0].desk, kind="contact", told=_VISIT)
    return _Offices(apps[0], apps[1], folder / "往来")


def _resources() -> str:
    names = [profile.name for profile in known_profiles()]
    ledgers = [each for each in samples_dir().iterdir() if each.is_file()]
    chapters = list(manual_dir().glob("*.md"))
    if not (names and ledgers and chapters and changelog()):
        raise ProofFailed("规则库、示例台账、帮助或更新记录是空的")
    return f"规则库{len(names)}个（{'、'.join(names)}），示例台账{len(ledgers)}份，帮助{len(chapters)}章"


def _database(offices: _Offices) -> str:
    file = offices.town.home / "ledger.db"
    if file.read_bytes()[:16] == b"SQLite format 3\0":
        raise ProofFailed("数据库没有加密")
    return "数据库已加密，可以读写"


def _migrations() -> str:
    steps = [path for path in MIGRATIONS.rglob("*.py*") if path.stem.split("_")[0] in REVISIONS]
    if len({path.stem for path in steps}) < len(REVISIONS):
        raise ProofFailed("升级步骤的文件不全")
    return f"数据升级{len(REVISIONS)}步的文件都在"


def _search(offices: _Offices) -> str:
    with offices.town.desk.store.reading() as reading:
        for words in ("水管", "𠮷"):
            if not reading.search(words):
                raise ProofFailed(f"按“{words}”没有找到刚登记的来访")
    return "中文检索可用"


def _pictures() -> str:
    from PIL import features

    wanted = ("jpg", "zlib", "webp")
    lacking = [name for name in wanted if not features.check(name)]
    if lacking:
        raise ProofFailed(f"不能读图片格式：{'、'.join(lacking)}")
    return "JPEG、PNG、WebP 可读"


def _enrol(offices: _Offices) -> str:
    from lianxin.county.enrolment.enrolling import issue_certificate
    from lianxin.office.enrolment.enrolling import accept_answer, request_enrolment

    asked = request_enrolment(offices.town.desk, to=offices.post)
    issued = issue_certificate(offices.county.desk, file=asked.path, to=offices.post)
    accept_answer(offices.town.desk, file=issued.file.path, root_code=issued.root_code)
    return "签名、证书、加密可用"


def _documents(offices: _Offices) -> str:
    for name, ending in _DOCUMENTS:
        content = make_paper(offices.town.desk, name, period=None if ending == ".docx" else _PERIOD)
        if not content.startswith(b"PK"):
            raise ProofFailed(f"文书 {name} 没有生成")
    return "Word、Excel 可生成"


def _pdf() -> str:
    from lianxin.documents.pdf.font import undrawable

    lacking = undrawable("石牌镇第十九届人民代表大会，𠮷")
    if lacking:
        raise ProofFailed(f"PDF 字体缺字：{'、'.join(lacking)}")
    return "PDF 字体可用"


def _send(offices: _Offices) -> str:
    from lianxin.office.sending.report import send

    desk = offices.town.desk
    sent = send(desk, period=period_of(desk, _PERIOD), to=offices.post / "报送")
    return f"第{sent.record.seq}期报送件，核对码 {sent.spoken_code}"


def _sent_files(offices: _Offices) -> Sequence[Path]:
    files = sorted((offices.post / "报送").glob("*"))
    if not files:
        raise ProofFailed("没有报送件（原因见 send），这一项没有查")
    return files


def _verify(offices: _Offices) -> str:
    from lianxin.office.receiving.receive import receive

    files = _sent_files(offices)
    verdicts = receive(offices.county.desk, files)
    wrong = [each.outcome.message for each in verdicts if not each.ok]
    if wrong or not verdicts:
        raise ProofFailed(f"报送件没有核验通过：{'；'.join(wrong)}")
    return f"县人大核验通过，新增{verdicts[0].new}条"


def _long_paths(offices: _Offices) -> str:
    """Windows names 260 characters unless it is told otherwise; what a clerk is sent may lie deeper."""
    sent = _sent_files(offices)[0]
    deep = (offices.post / "很深的文件夹（2026）😀").joinpath(
        *["第一季度报送材料【清江县】" * 4] * 5, sent.name
    )
    try:
        deep.parent.mkdir(parents=True)
        write_atomic(deep, sent.read_bytes())
        if deep.read_bytes() != sent.read_bytes():
            raise ProofFailed("读回的内容不符")
    except OSError as wrong:
        raise ProofFailed(f"超过260个字的路径不能读写（{why_not(wrong)}）") from wrong
    return f"{len(str(deep))}个字的路径可以读写"


def _journal(offices: _Offices) -> str:
    for app in (offices.town, offices.county):
        found = check(app.desk.store)
        if not found.ok:
            raise ProofFailed(f"数据检查：{json.dumps(list(found.problems)[:3], ensure_ascii=False)}")
    return "台账与日志一致"
