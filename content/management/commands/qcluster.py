"""manage.py qcluster: runs the worker processes, and starts them again whatever happens to them."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_q.conf import Conf

from content.cluster import queues
from content.cluster.supervisor import StoodStillError, Supervisor


class Command(BaseCommand):
    help = "Runs the worker processes of every queue. Ends in order on SIGTERM or Ctrl-C; a second one ends it at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("-n", "--name", help="work on this queue only; default: on every one")

    def handle(self, *args: Any, **options: Any) -> None:
        # django-q2's own way to choose a queue is the environment, read by its Conf.
        name = options["name"] or (Conf.CLUSTER_NAME if Conf.CLUSTER_NAME != Conf.PREFIX else None)
        known = queues.configured()
        chosen = [queue for queue in known if name in {None, queue.name}]
        if not chosen:
            raise CommandError(f"There is no queue {name!r}: choose from {', '.join(queue.name for queue in known)}.")
        try:
            status = Supervisor(chosen).run()
        except StoodStillError as error:
            raise CommandError(str(error)) from error
        if status:
            sys.exit(status)
