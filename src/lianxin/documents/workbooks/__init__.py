"""Excel: the writer, ledgers, returns and native charts."""
