"""People, and what they may do, in the CMS."""
