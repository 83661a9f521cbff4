"""The county's root key, the register of what it issued, and the papers that tell how keys are kept."""
