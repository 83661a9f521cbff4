"""What lies where in a data folder."""

from __future__ import annotations

DATABASE_NAME = "ledger.db"
#: The copy a migration works on beside the database; never in use itself.
WORKING_COPY_NAME = "ledger.db.upgrading"
#: Lies beside a ledger that is being made anew from kept bundles until that is done; it is not to be used before.
REBUILDING_NAME = "ledger.db.rebuilding"
KEYRING_NAME = "key.json"
#: Sealed attachments, two levels by the first digits of their SHA-256.
BLOBS = "blobs"
KEPT_BUNDLES = "bundles"
#: Signing, reader and root keys, each file encrypted by itself.
KEY_FILES = "keys"
#: Folders that belong to the office's data: sealed attachments, key files, kept bundles.
KEPT_FOLDERS: tuple[str, ...] = (BLOBS, KEY_FILES, KEPT_BUNDLES)
#: Former data that a restore replaced, one folder each.
ASIDE = "aside"
#: One empty file per open window, locked while the window lives.
WINDOWS = "windows"
#: Backups the program makes by itself; no part of any backup.
AUTOMATIC = "自动备份"
