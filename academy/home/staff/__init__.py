"""What staff see of the house."""
