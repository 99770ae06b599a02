"""Questions in and out: a module a format, each with ``read`` and ``write``; the plan and its execution beside them."""
