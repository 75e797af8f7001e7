"""What the templates of the control room ask for."""

from datetime import datetime

from django.template import Context, Library
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.control_room.choice import Choice, Cursor

register = Library()


@register.simple_tag(takes_context=True)
def has_permission(context: Context, permission: str) -> bool:
    allowed: bool = context["request"].user.has_perm(permission)
    return allowed


@register.simple_tag(takes_context=True)
def may_see(context: Context, page: str) -> bool:
    """Return whether somebody may see a page of the admin, by its name, such as `scoring_match_change`."""
    app, _, rest = page.partition("_")
    if app == "django":  # django_q_…
        app, _, rest = page.replace("django_q", "django-q").partition("_")
    model = rest.rpartition("_")[0]
    return bool(page) and has_permission(context, f"{app.replace('-', '_')}.view_{model}")


@register.simple_tag
def moment(at: datetime, now: datetime) -> SafeString:
    """Return a time as it is quickest read: without the day if that is today, with the year if that is another."""
    at = timezone.localtime(at)
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    year = "" if at.year == now.year else f" {at.year}"
    day = "" if at.date() == now.date() else f"{at.day} {at:%b}{year}, "
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), f"{day}{clock}")


@register.filter
def countdown(due: datetime, now: datetime) -> str:
    """Return how long it is until then: 0:23, 1:02:03."""
    seconds = max(0, int((due - now).total_seconds()))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.simple_tag
def toggled(choice: Choice, pk: int) -> str:
    return choice.toggled(pk).query()


@register.simple_tag
def older(choice: Choice, cursor: Cursor) -> str:
    return Choice(choice.season, choice.state, choice.day, cursor).query()


@register.simple_tag
def from_the_top(choice: Choice) -> str:
    return Choice(choice.season, choice.state, choice.day).query()
