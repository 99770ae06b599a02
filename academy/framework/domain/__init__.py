"""Editions of frameworks, and what is read from them."""
