"""What the playbook's pages show beside their own text."""
