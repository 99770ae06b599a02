"""What happens to people's accounts, and who is staff."""
