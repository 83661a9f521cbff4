"""使用人: who works with this ledger, with which role; adding, disabling, roles, passphrases (domain.md 2.8, 9.5)."""

from __future__ import annotations

from dataclasses import replace

from lianxin.domain.codes import USER_ROLE
from lianxin.domain.records import User
from lianxin.domain.roles import Acting, Role, label_of, role_named
from lianxin.office.desk import Desk, office_of
from lianxin.store import passphrase as keyring
from lianxin.store.errors import StoreProblem
from lianxin.store.passphrase import Login
from lianxin.store.reading import Reading

FIRST_ACTOR = "01"
"""Actor code of the person who set the office up."""
_LAST_ACTOR = 99


class UserProblem(StoreProblem):
    """A person cannot be added, changed or disabled as asked."""

    code = "D221"


def acting_in(reading: Reading, actor: str) -> Acting:
    """Who the person of a passphrase is. Before anybody was added he is alone and may do everything.

    A passphrase without a record (a ledger made anew from kept files) may only look, unless nobody else could set
    things right.
    """
    users = reading.all(User)
    if not users:
        return Acting(actor)
    active = [each for each in users if each.ended is None]
    own = next((each for each in active if each.actor == actor), None)
    if own is not None:
        return Acting(actor, own.name, role_named(own.role), alone=len(active) == 1)
    saved = any(each.role == "administrator" for each in active)
    return Acting(actor, "", "viewer" if saved else "administrator", alone=False)


def users(reading: Reading) -> list[User]:
    """Everybody who works or worked with this ledger, by actor code."""
    return sorted(reading.all(User), key=lambda each: each.actor)


def name_of(reading: Reading, actor: str) -> str:
    """The name behind an actor code: the history keeps it when the person left. Before anybody was added, the clerk's."""
    found = next((each.name for each in reading.all(User) if each.actor == actor), "")
    return found or (office_of(reading).clerk or "" if actor == FIRST_ACTOR else "")


def add_user(desk: Desk, *, name: str, role: Role, passphrase: str, own_name: str = "") -> User:
    """One more person with a passphrase of his own. The first time the one who adds is written down as 管理.

    Raises NotAllowed, UserProblem, EmptyPassphrase.
    """
    desk.require("users")
    name, own_name = name.strip(), own_name.strip()
    if not passphrase.strip():
        raise keyring.EmptyPassphrase
    with desk.store.reading() as reading:
        known = users(reading)
        own_name = own_name or name_of(reading, desk.acting.code)
    _require_free(name, known, also="" if known else own_name)
    if not known:
        if not own_name:
            raise UserProblem("请先写明您自己的姓名，没有增加使用人，数据没有改动。")
        known = [_begin(desk, own_name)]
    added = User(uid=desk.store.new_uid(), name=name, actor=next_actor(known), role=role, since=desk.today())
    with desk.store.writing(reason=f"增加使用人（{label_of(role)}）") as writing:
        writing.put(added)
    login = Login(added.actor, added.name)
    keyring.add_login(desk.store.home, desk.store.key, login, passphrase, random=desk.store.random)
    _act_anew(desk)
    return added


def disable_user(desk: Desk, actor: str, *, why: str = "") -> User:
    """Takes a person's passphrase away; name and history stay. Raises NotAllowed, UserProblem, LastWayIn."""
    desk.require("users")
    with desk.store.reading() as reading:
        known = users(reading)
    leaving = _active(known, actor)
    if actor == desk.acting.code:
        raise UserProblem("不能停用自己，没有改动。要离开岗位，请用“交接”，或者请另一位管理停用您。")
    _require_keeper(known, without=actor)
    # First the passphrase: a fault between the two must not leave somebody in who is told to be out.
    keyring.remove_login(desk.store.home, actor)
    return _change(desk, replace(leaving, ended=desk.today(), ended_why=why.strip() or None), "停用使用人")


def change_role(desk: Desk, actor: str, role: Role) -> User:
    """Gives a person another role. Raises NotAllowed, UserProblem when nobody would be left as 管理."""
    desk.require("users")
    with desk.store.reading() as reading:
        known = users(reading)
    if role != "administrator":
        _require_keeper(known, without=actor)
    done = _change(desk, replace(_active(known, actor), role=role), f"改为{label_of(role)}")
    _act_anew(desk)
    return done


def set_passphrase_of(desk: Desk, actor: str, new: str) -> None:
    """A new passphrase for a colleague who forgot his. Raises NotAllowed, UserProblem, EmptyPassphrase."""
    desk.require("users")
    with desk.store.reading() as reading:
        person = _active(users(reading), actor)
    login, random = Login(actor, person.name), desk.store.random
    keyring.add_login(desk.store.home, desk.store.key, login, new, random=random)
    desk.store.note("重设口令", actor)


def hand_office_over(desk: Desk, *, name: str, passphrase: str, leaving: str, leaving_name: str = "") -> User:
    """交接: a new person becomes 管理 with a passphrase of his own, the leaving one's passphrase ends (domain.md 9.5).

    The office's own record names the new clerk, so that the county reads it with the next report. The one who sits
    here is the new person from then on. Raises NotAllowed, UserProblem, EmptyPassphrase.
    """
    desk.require("users")
    with desk.store.reading() as reading:
        known, office = users(reading), office_of(reading)
    if not passphrase.strip():
        raise keyring.EmptyPassphrase
    former = leaving_name.strip() or name_before(desk, leaving)
    _require_free(name.strip(), known, also="" if known else former)
    if not known:
        known = [_begin(desk, former, actor=leaving)]
    told = _active(known, leaving)
    added = User(
        uid=desk.store.new_uid(),
        name=name.strip(),
        actor=next_actor(known),
        role="administrator",
        since=desk.today(),
    )
    # The new way in first: a fault between any two steps leaves somebody who can go on.
    login = Login(added.actor, added.name)
    keyring.add_login(desk.store.home, desk.store.key, login, passphrase, random=desk.store.random)
    with desk.store.writing(reason=f"交接：{told.name}移交{added.name}") as writing:
        writing.put(added)
        writing.put(replace(told, ended=desk.today(), ended_why=f"移交{added.name}"))
        writing.put(replace(office, clerk=added.name))
    keyring.remove_login(desk.store.home, leaving)
    desk.store.note("交接", f"{told.name}→{added.name}")
    desk.store.act_as(Acting(added.actor, added.name, "administrator", alone=True))
    _act_anew(desk)
    return added


def name_before(desk: Desk, actor: str) -> str:
    """The name of who worked here until now, for a sheet or a form; 原经办人 when nobody wrote it down."""
    with desk.store.reading() as reading:
        return name_of(reading, actor) or "原经办人"


def next_actor(known: list[User]) -> str:
    """A code nobody had before: what a code wrote stays his for ever. Raises UserProblem after 99."""
    highest = max((int(each.actor) for each in known if each.actor.isdecimal()), default=1)
    if highest >= _LAST_ACTOR:
        raise UserProblem("使用人的代号用完了（最多99个），没有增加，数据没有改动。")
    return f"{highest + 1:02}"


def role_labels() -> tuple[tuple[str, str], ...]:
    """Code and words of every role, for choices."""
    return tuple((code.code, code.label) for code in USER_ROLE.codes)


def _begin(desk: Desk, name: str, *, actor: str = "") -> User:
    """The one who was alone until now gets a name and the role of 管理."""
    own = User(
        uid=desk.store.new_uid(),
        name=name,
        actor=actor or desk.acting.code,
        role="administrator",
        since=desk.today(),
    )
    with desk.store.writing(reason="登记第一位使用人") as writing:
        writing.put(own)
    keyring.name_login(desk.store.home, Login(own.actor, own.name))
    return own


def _act_anew(desk: Desk) -> None:
    with desk.store.reading() as reading:
        desk.store.act_as(acting_in(reading, desk.acting.code))


def _change(desk: Desk, user: User, reason: str) -> User:
    with desk.store.writing(reason=reason) as writing:
        writing.put(user)
    return user


def _active(known: list[User], actor: str) -> User:
    found = next((each for each in known if each.actor == actor and each.ended is None), None)
    if found is None:
        raise UserProblem("没有这位使用人，或者已经停用，没有改动。")
    return found


def _require_free(name: str, known: list[User], *, also: str) -> None:
    if not name:
        raise UserProblem("请写明姓名，没有增加使用人，数据没有改动。")
    if name == also or any(each.name == name and each.ended is None for each in known):
        raise UserProblem(f"已经有一位“{name}”在用，没有增加。同名的请加上职务，如“{name}（党政办）”。")


def _require_keeper(known: list[User], *, without: str) -> None:
    left = [e for e in known if e.ended is None and e.role == "administrator" and e.actor != without]
    if not left:
        raise UserProblem("这样就没有人做“管理”了，没有改动。请先让另一位成为“管理”。")
