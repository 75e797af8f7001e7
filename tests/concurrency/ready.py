"""Imported once, by the process from which all others are forked: a fork begins with everything loaded."""

from importlib import import_module

import django

django.setup()
import_module("tests.concurrency.plays")
