"""What the worker processes and the sweep for missed work leave behind, so that anybody can see how they are."""

import uuid

from django.db import models


class Heartbeat(models.Model):
    """One running (or ended) cluster of worker processes; `beat_at` moves for as long as it can do its work.

    `stopped_at` and `stopped_because` are written when it ends in order, or when another finds it dead.
    """

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    host = models.CharField(max_length=255)
    machine = models.CharField(
        max_length=255, help_text="Tells one run of one machine, or container, from every other: there its pid counts."
    )
    pid = models.PositiveIntegerField(help_text="Of the process that a supervisor started.")
    cluster = models.CharField(max_length=100, help_text="The name of the queue it works on.")
    workers = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    restarts = models.PositiveIntegerField(default=0, help_text="How often its worker processes were started again.")
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "cluster"
        ordering = ["-beat_at", "-id"]
        indexes = [models.Index(fields=["-beat_at", "-id"], name="heartbeat_newest")]

    def __str__(self) -> str:
        return f"{self.cluster} on {self.host}, process {self.pid}"


class TakenTask(models.Model):
    """A queue row that a cluster has taken and not yet dealt with; `task` is its id.

    When the cluster is dead, its tasks are given back at once, not after the queue's `retry` seconds. The row then
    stays, without an owner, until the task is dealt with: it counts how often the task went down with its cluster.
    """

    task = models.BigIntegerField(primary_key=True)
    heartbeat = models.ForeignKey(Heartbeat, on_delete=models.SET_NULL, null=True, related_name="taken")
    taken_at = models.DateTimeField()
    lost = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"queue row {self.task}"


class Sweep(models.Model):
    """How far the comparison of all matches with what was derived from them has come; one row for each kind of it."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0, help_text="The id of the last match that was looked at.")
    swept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}, up to match {self.position}"
