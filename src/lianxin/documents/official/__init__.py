"""公文 after GB/T 9704-2012: page, 版头, 版记, and each kind of letter, notice and report."""
