"""Signing in with a provider, in allauth's frame: its adapter, the two kinds of provider, and what people read."""
