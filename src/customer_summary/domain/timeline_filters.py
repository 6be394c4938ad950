"""What the agent wants to see of a timeline: the general filters, the words they search for, the order (spec 6)."""

from datetime import timedelta
from enum import Enum
from typing import Annotated

import attrs

from customer_summary.domain.fields import SECRET, Many, Text, checked
from customer_summary.domain.timeline import ActivityType

MAX_SEARCH = 400


class EntryKind(Enum):
    """The kinds of entry of a timeline. A post is an activity that was posted."""

    NOTES = "notes"
    POSTS = "posts"
    ACTIVITIES = "activities"


class DueStatus(Enum):
    """Whether something is to be done, should have been done, or is done. Overdue is active as well."""

    ACTIVE = "active"
    OVERDUE = "overdue"
    CLOSED = "closed"


class DueWithin(Enum):
    """When something is or was due, counted from now."""

    NEXT_24_HOURS = "next_24_hours"
    NEXT_7_DAYS = "next_7_days"
    NEXT_30_DAYS = "next_30_days"
    LAST_24_HOURS = "last_24_hours"
    LAST_7_DAYS = "last_7_days"
    LAST_30_DAYS = "last_30_days"


class ModifiedWithin(Enum):
    """When something last changed, counted back from now."""

    LAST_24_HOURS = "last_24_hours"
    LAST_7_DAYS = "last_7_days"
    LAST_30_DAYS = "last_30_days"


class PostsBy(Enum):
    """Who posted."""

    AUTO = "auto"
    USERS = "users"


class TimelineSort(Enum):
    """The order of a timeline."""

    NEWEST = "newest"
    OLDEST = "oldest"


SPANS = {"24_hours": timedelta(days=1), "7_days": timedelta(days=7), "30_days": timedelta(days=30)}
"""How long the spans of the filters are, by the end of their names."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class TimelineFilters:
    """The general filters; as it stands it lets everything pass.

    An entry passes if it passes every filter that is set; of the values of one filter any will do. A filter about
    something that an entry does not have, such as the due date of a note, leaves that entry out. `search` are words,
    each of which must be part of title or body, in upper or lower case.
    """

    kinds: Annotated[tuple[EntryKind, ...], Many(most=len(EntryKind))] = ()
    types: Annotated[tuple[ActivityType, ...], Many(most=len(ActivityType))] = ()
    statuses: Annotated[tuple[DueStatus, ...], Many(most=len(DueStatus))] = ()
    due: DueWithin | None = None
    posts_by: PostsBy | None = None
    modified: ModifiedWithin | None = None
    search: Annotated[str, Text(most=MAX_SEARCH), SECRET] = ""


NO_FILTERS = TimelineFilters()
