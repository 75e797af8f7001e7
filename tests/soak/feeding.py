"""Starts a feeder, once Django is ready.

python -m tests.soak.feeding KIND SEED SECONDS SITE
"""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module("tests.soak.feeders").main(*sys.argv[1:])
