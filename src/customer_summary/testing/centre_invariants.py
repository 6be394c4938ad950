"""Invariants of a contact centre at rest, as a plain function: for our tests, and for those of a host."""

from customer_summary.domain.centre import member_of
from customer_summary.domain.channel import Channel
from customer_summary.domain.conversation import Conversation, ConversationStatus
from customer_summary.domain.workstream import Distribution
from customer_summary.hosts.contact_centre import ContactCentre
from customer_summary.rules.assignment import choose
from customer_summary.testing.invariants import check_desk


def check_centre(centre: ContactCentre) -> None:
    """Holds for a centre in which no message is on its way.

    Every desk is as it must be, and agrees with the conversations on who has what: nobody has what another one has, and
    all that is in use is in use for somebody. No conversation waits that a free agent could be given, but for records
    until their next run; a host's own router may have its reasons. Each that is not over has somebody, a deadline, or a
    place among those that wait.
    """
    for desk in centre.desks.values():
        check_desk(centre.desk_machine.settings, desk)
    waiting = set(centre.waiting())
    held: dict[str, str] = {}
    for conversation in centre.conversations.values():
        check_conversation(conversation)
        if conversation.routing.held is not None:
            held[conversation.routing.held.offer] = conversation.routing.held.agent
        _check_somebody_cares(centre, conversation, waiting)
    routed = {one.id for one in centre.conversations.values() if one.is_routed}
    theirs = {
        item.offer: desk.agent
        for desk in centre.desks.values()
        for item in desk.items
        if item.item.conversation in routed
    }
    assert theirs == held, "desks and conversations must agree on who has what"
    for conversation in centre.conversations.values():
        attempt = conversation.routing.offer
        if attempt is not None:
            assert centre.desks[attempt.agent].notification(attempt.offer), "an offer that is out is on a screen"
    if centre.router is None:
        _check_nobody_waits_in_vain(centre, waiting)


def check_conversation(conversation: Conversation) -> None:
    """Holds for every state of a conversation."""
    conversation.check_coherence()
    routing = conversation.routing
    if conversation.status is ConversationStatus.CLOSED:
        assert (routing.offer, routing.held) == (None, None), "nobody has what is closed"
    if routing.offer is not None and routing.held is not None:
        assert routing.offer.agent != routing.held.agent, "a transfer goes to somebody else"


def _check_somebody_cares(centre: ContactCentre, conversation: Conversation, waiting: set[str]) -> None:
    if conversation.status is ConversationStatus.CLOSED:
        return
    is_picked = centre.life_cycle.stream_of(conversation).distribution is Distribution.PICK
    if conversation.is_routed and conversation.status in {ConversationStatus.ACTIVE, ConversationStatus.WRAP_UP}:
        assert conversation.routing.held or conversation.routing.offer, "somebody has it, or is offered it"
    assert (
        conversation.agent is not None
        or conversation.routing.offer is not None
        or conversation.id in waiting
        or conversation.routing.with_bot
        or centre.life_cycle.deadline(conversation) is not None
        or is_picked
        or not conversation.is_routed
        or not conversation.record_active
    ), "somebody or some deadline must be responsible for it"


def _check_nobody_waits_in_vain(centre: ContactCentre, waiting: set[str]) -> None:
    """Looks at every pair; `choose` by brute force is what the index of agents must agree with."""
    agents = [(desk, member_of(centre.members, desk.agent)) for desk in centre.desks.values()]
    for name in waiting:
        conversation = centre.conversations[name]
        stream = centre.life_cycle.stream_of(conversation)
        if conversation.channel is Channel.RECORD:
            assert centre.deadline is not None, "records that wait have a next run"
        else:
            assert choose(stream, conversation, agents) is None, "nobody waits while an agent could have it"
    limit = centre.desk_machine.settings.session_limit
    for desk, member in agents:
        is_full = desk.open_sessions + desk.reserved_slots >= limit
        assert is_full or not member.benched, "only who has no session left is passed over until that changes"
