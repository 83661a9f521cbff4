"""设置与密钥: the root key, the register of what it issued, certificates near their end, changed codes."""
