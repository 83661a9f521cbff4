"""Files received from other desks, what they hold, and erased values that kept files may still hold."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "received",
        sa.Column("place", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("bundle_id", "digest", "org", "replica")),
        sa.Column("seq", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("kind", "period", "state", "created_at", "received_at", "file_name", "verdict")
        ),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "received_range",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("before", sa.Integer),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("received_range_stream", "received_range", ["stream"])
    op.create_table(
        "erased_pending",
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("counter", sa.Integer, primary_key=True),
        sa.Column("field", sa.Text, primary_key=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
