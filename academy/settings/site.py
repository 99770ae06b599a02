"""What the site is called: asked for by several parts of the settings."""

from academy.settings.env import env_str

SITE_NAME = env_str("SITE_NAME", "Procurement Academy")
