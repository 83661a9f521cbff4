"""The journal and the book-keeping tables, which Alembic owns; record tables are made from the dictionary.

Every released shape is a revision under ``migrations/versions``; a test holds this module equal to what the
revisions build. Times are ISO 8601 with offset, money and decimals never appear, JSON is canonical text.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text

#: Every revision this program knows, oldest first; the last is the one it writes.
REVISIONS: tuple[str, ...] = ("0001", "0002")
HEAD: str = REVISIONS[-1]

metadata = MetaData()

#: The law: one row per journal entry. ``line`` holds the canonical bytes that are hashed and travel;
#: ``reason`` and ``batch`` stay at home.
entry = Table(
    "entry",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("lamport", Integer, nullable=False),
    Column("prev", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Column("op", Text, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("line", LargeBinary, nullable=False),
    Column("hash", Text, nullable=False),
    Column("replica", Text, nullable=False),
    Column("batch", Text),
    sqlite_strict=True,
)
# The uid first: records of one save lie together whatever their kind, so a save writes fewer pages.
Index("entry_record", entry.c.uid, entry.c.kind)
Index("entry_batch", entry.c.batch, sqlite_where=entry.c.batch.is_not(None))

#: Values of class personal or sensitive beside their entry. ``state``: known, withheld or erased;
#: salt and value (canonical JSON) are null unless known.
value = Table(
    "value",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("salt", Text),
    Column("value", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: The last entry of each stream, a cache of ``entry`` so that a save need not search for it.
stream_head = Table(
    "stream_head",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("replica", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("lamport", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: The replica ids this database has written under; the one without ``ended_at`` is in force.
#: ``file_identity`` is compared with the per-user file outside; a restore empties it.
replica_state = Table(
    "replica_state",
    metadata,
    Column("replica", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("file_identity", Text, nullable=False),
    Column("number_block", Integer, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("ended_at", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: What a receiver has acknowledged; for one reader and stream the highest receipt number rules.
acknowledgement = Table(
    "acknowledgement",
    metadata,
    Column("reader", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    Column("receipt_no", Integer, primary_key=True),
    Column("counter", Integer, nullable=False),
    Column("head", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: What is typed and not yet saved; ``key`` is the record's uid or the id of a new draft.
draft = Table(
    "draft",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("window", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: The last number given per office, kind, year and desk block (1, 5001, 6001 …).
number_sequence = Table(
    "number_sequence",
    metadata,
    Column("org", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("block", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: Numbers that were given and will not be used (作废留号).
number_void = Table(
    "number_void",
    metadata,
    Column("org", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: One import of a file, which can be undone whole; ``counts`` is JSON.
batch = Table(
    "batch",
    metadata,
    Column("batch", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("undone_at", Text),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: Rows of ledgers already taken in, known for ever, whatever became of their record.
imported_row = Table(
    "imported_row",
    metadata,
    Column("identity", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Column("batch", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("imported_row_batch", imported_row.c.batch)

#: The shape of the dictionary each record table was projected from; another digest means projecting anew.
dictionary_shape = Table(
    "dictionary_shape",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: What happened on this computer and never leaves it: unlocking, full view of personal data, backups.
local_log = Table(
    "local_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_strict=True,
)

#: Files received and kept, one folder each under ``bundles``: ``place`` is the folder's name (the bundle id, or
#: another for one put aside or signed by nobody known). ``state``: accepted, held, taken_back or aside; ``verdict`` is JSON.
received = Table(
    "received",
    metadata,
    Column("place", Text, primary_key=True),
    Column("bundle_id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("org", Text, nullable=False),
    Column("replica", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: The entries a received file holds, per stream. ``before`` is how far the stream was known when the file brought
#: something new, else null.
received_range = Table(
    "received_range",
    metadata,
    Column("place", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("before", Integer),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("received_range_stream", received_range.c.stream)

#: Erased values that a kept file may still hold; a line goes when those files are written anew.
erased_pending = Table(
    "erased_pending",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("counter", Integer, primary_key=True),
    Column("field", Text, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
