"""Dates and times as the site writes them, where Django writes them otherwise."""
