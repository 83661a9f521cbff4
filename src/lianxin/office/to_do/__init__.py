"""近期待办: what is to be done next, told by small functions of which each looks after one subject."""
