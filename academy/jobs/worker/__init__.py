"""The process that runs what others enqueued."""
