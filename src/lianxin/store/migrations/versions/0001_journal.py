"""The journal, the values beside it and the book-keeping tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    _journal()
    _replicas()
    _desk()
    _imports()


def _table(
    name: str, *columns: sa.Column[str] | sa.Column[int] | sa.Column[bytes], rowid: bool = False
) -> None:
    if rowid:
        op.create_table(name, *columns, sqlite_strict=True)
    else:
        op.create_table(name, *columns, sqlite_strict=True, sqlite_with_rowid=False)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=True)


def _key_number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _maybe_text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _journal() -> None:
    _table(
        "entry",
        _key("stream"),
        _key_number("counter"),
        _number("lamport"),
        _text("prev"),
        _text("kind"),
        _text("uid"),
        _text("op"),
        _number("schema"),
        _text("at"),
        _text("actor"),
        _text("reason"),
        sa.Column("line", sa.LargeBinary, nullable=False),
        _text("hash"),
        _text("replica"),
        _maybe_text("batch"),
        rowid=True,
    )
    op.create_index("entry_record", "entry", ["uid", "kind"])
    op.create_index("entry_batch", "entry", ["batch"], sqlite_where=sa.text("batch IS NOT NULL"))
    _table(
        "value",
        _key("stream"),
        _key_number("counter"),
        _key("field"),
        _text("state"),
        _maybe_text("salt"),
        _maybe_text("value"),
    )
    _table(
        "stream_head",
        _key("stream"),
        _text("replica"),
        _text("audience"),
        _number("counter"),
        _number("lamport"),
        _text("hash"),
    )


def _replicas() -> None:
    _table(
        "replica_state",
        _key("replica"),
        _text("place"),
        _text("file_identity"),
        _number("number_block"),
        _text("began_at"),
        _maybe_text("ended_at"),
    )
    _table(
        "acknowledgement",
        _key("reader"),
        _key("stream"),
        _key_number("receipt_no"),
        _number("counter"),
        _text("head"),
        _text("at"),
    )


def _desk() -> None:
    _table("draft", _key("kind"), _key("key"), _text("window"), _text("payload"), _text("saved_at"))
    _table(
        "number_sequence",
        _key("org"),
        _key("kind"),
        _key_number("year"),
        _key_number("block"),
        _number("last"),
    )
    _table(
        "number_void",
        _key("org"),
        _key("kind"),
        _key_number("year"),
        _key_number("number"),
        _text("reason"),
        _text("at"),
    )
    _table("setting", _key("name"), _text("value"))
    _table("dictionary_shape", _key("kind"), _text("digest"))
    _table("local_log", _key_number("id"), _text("at"), _text("what"), _text("detail"), rowid=True)


def _imports() -> None:
    _table(
        "batch",
        _key("batch"),
        _text("kind"),
        _text("file_name"),
        _text("at"),
        _text("counts"),
        _maybe_text("undone_at"),
    )
    _table("imported_row", _key("identity"), _text("kind"), _text("uid"), _text("batch"))
    op.create_index("imported_row_batch", "imported_row", ["batch"])
