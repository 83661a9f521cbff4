"""Lianxin (连心): the ledger of a township people's congress office."""

__version__ = "0.1.0"
