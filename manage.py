#!/usr/bin/env python
"""Django's command line for the academy."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "academy.settings.dev")
    # The database gives commands more time than requests: see academy/settings/env.py.
    os.environ.setdefault("ACADEMY_PROCESS", "command")
    execute_from_command_line(sys.argv)
