"""Sealed bundles: canonical bytes, manifest, sealing, and opening within limits."""
