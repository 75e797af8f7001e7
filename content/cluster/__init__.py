"""django-q2's cluster, made so that it can't live on without doing its work.

`manage.py qcluster` is the supervisor. For each queue it forks a house; the house holds a sentinel, the sentinel the
workers, the monitor and the pusher. A process that dies by a signal may take a lock of their common queues with it, so
the whole house goes down with it, children with their parent, and the supervisor puts up the next one.
"""
