"""What the admin's front page says of the clusters."""

from typing import Any

from django.template import Context, Library

from content.cluster.standing import unserved

register = Library()


@register.inclusion_tag("admin/content/unserved.html", takes_context=True)
def unserved_queues(context: Context) -> dict[str, Any]:
    """What to do about it stands there only for those who may look at the clusters."""
    may_look = context["request"].user.has_perm("content.view_heartbeat")
    return {"queues": unserved(), "may_look": may_look}
