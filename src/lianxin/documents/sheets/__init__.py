"""Papers of one subject that exist as Word, Excel or PDF alike."""
