"""设置与备份: office data, letters, passphrase, backups, checking, recycle bin."""
