"""Key pairs, certificates and the list of keys an office trusts."""
