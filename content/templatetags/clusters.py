"""What the admin's front page says of the clusters."""

from typing import Any

from django.template import Library

from content.cluster.standing import unserved

register = Library()


@register.inclusion_tag("admin/content/unserved.html")
def unserved_queues() -> dict[str, Any]:
    return {"queues": unserved()}
