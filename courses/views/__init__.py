"""What learners do with courses."""
