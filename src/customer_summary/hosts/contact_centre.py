"""A contact centre in memory: desks and conversations, the messages between them, and who is given what.

It decides nothing that the rules do not decide. It keeps states, delivers what they send to each other, settles what is
due in time, and asks for an agent where a conversation seeks one. No threads, no clock: time comes with the events.
"""

from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from customer_summary.domain.centre import CentreSnapshot, Member, member_of
from customer_summary.domain.conversation import Conversation
from customer_summary.domain.conversation_events import ConversationReleased, ConversationStarted
from customer_summary.domain.conversation_settings import ConversationSettings
from customer_summary.domain.desk import Desk
from customer_summary.domain.desk_settings import DeskSettings
from customer_summary.domain.errors import UnknownKey
from customer_summary.domain.facts import AgentSkillsSet, ConversationSettingsMade, DeskSettingsMade
from customer_summary.domain.offer_messages import OfferRefused
from customer_summary.domain.outcome import Applied, Outcome, Unchanged
from customer_summary.domain.send import Send
from customer_summary.domain.sentiment_events import QueuesAssigned
from customer_summary.domain.tick import Tick
from customer_summary.domain.workstream import Workstream
from customer_summary.hosts.deadlines import Deadlines
from customer_summary.hosts.dispatch import Dispatch, Router
from customer_summary.hosts.happened import AT_DESK, OF_CONVERSATION, TO_DESK, Event, Happened, check_known
from customer_summary.rules.assignment import standing_of
from customer_summary.rules.conversation import ConversationLifeCycle
from customer_summary.rules.desk import AgentDesk

_RECORDS = (2, "")


class ContactCentre:
    """The desks and the conversations of a contact centre.

    A desk begins, signed out, when an agent is made known: they connect, are given capacity, queues or skills, or are
    offered something. A conversation that names a workstream is routed here, by `router` where one is given; any other
    is only kept, and its host says who has it.
    """

    def __init__(
        self,
        desk_settings: DeskSettings | None = None,
        conversation_settings: ConversationSettings | None = None,
        router: Router | None = None,
    ) -> None:
        self._desks: dict[str, Desk] = {}
        self._conversations: dict[str, Conversation] = {}
        self._beginnings: dict[str, ConversationStarted] = {}
        self._members: dict[str, Member] = {}
        self._due: Deadlines = Deadlines()
        self._inbox: deque[Any] = deque()
        self.now: datetime | None = None
        self.desk_machine = AgentDesk(desk_settings or DeskSettings())
        self.life_cycle = self._life_cycle(conversation_settings or ConversationSettings())
        self.router = router
        self._dispatch = Dispatch(self._desks, self._conversations, self._members, self._stream_of, router)

    @property
    def desks(self) -> Mapping[str, Desk]:
        """The desks by agent."""
        return self._desks

    @property
    def conversations(self) -> Mapping[str, Conversation]:
        """The conversations by id, closed ones too until they are dropped."""
        return self._conversations

    @property
    def members(self) -> Mapping[str, Member]:
        """What routing knows of agents, by agent."""
        return self._members

    @property
    def deadline(self) -> datetime | None:
        """When something is due by itself; None where nothing is."""
        first = self._due.first()
        return None if first is None else first[0][0]

    def waiting(self) -> tuple[str, ...]:
        """Gives the conversations that seek an agent, in the order of their turns."""
        return self._dispatch.waiting()

    def send(self, event: Event) -> list[Happened]:
        """Settles what is due by then, handles an event, and gives everything that happened, in order.

        What came of the event itself is the one step whose `event` it is. Raises `UnknownKey` for an agent or a
        conversation that nobody made known, `InvalidValue` for one that starts twice with different content, and
        changes nothing then.
        """
        check_known(event, self._desks, self._conversations, self._beginnings)
        if isinstance(event, ConversationStarted):
            self.life_cycle.check_start(event)
        happened = self.advance(event.at)
        now = self.now = event.at if self.now is None else max(self.now, event.at)
        kind = type(event)
        if kind in AT_DESK:
            self._at_desk(event, happened)
        elif kind in OF_CONVERSATION:
            self._of_conversation(event, happened)
        elif isinstance(event, ConversationStarted):
            self._start(event, happened)
        elif isinstance(event, DeskSettingsMade | ConversationSettingsMade):
            self._set(event)
        elif isinstance(event, QueuesAssigned | AgentSkillsSet):
            self._desk(event.agent, now)
            self._keep_member(member_of(self._members, event.agent).told(event))
        self._run(happened)
        return happened

    def advance(self, to: datetime) -> list[Happened]:
        """Settles what is due by an instant, in order, and gives what happened."""
        happened: list[Happened] = []
        while (first := self._due.first()) is not None and first[0][0] <= to:
            due, (rank, key) = first[0][0], first[1]
            self.now = due if self.now is None else max(self.now, due)
            if rank == _RECORDS[0]:
                self._dispatch.run_records()
            elif rank:
                self._at_desk(Tick(at=due), happened, key)
            else:
                self._of_conversation(Tick(at=due), happened, key)
            self._run(happened)
            self._plan_records()
        return happened

    def drop(self, conversation: str) -> Conversation:
        """Gives a closed conversation and forgets it: nothing of it may be sent again.

        Raises `UnknownKey` for one that is not there, or not closed.
        """
        found = self._conversations.get(conversation)
        if found is None or found.closed_on is None:
            raise UnknownKey("closed conversation")
        self._beginnings.pop(conversation, None)
        return self._conversations.pop(conversation)

    def snapshot(self) -> CentreSnapshot:
        """Gives the whole centre as a value."""
        return CentreSnapshot(
            now=self.now,
            desk_settings=self.desk_machine.settings,
            conversation_settings=self.life_cycle.settings,
            members=tuple(self._members.values()),
            desks=tuple(self._desks.values()),
            conversations=tuple(self._conversations.values()),
            beginnings=tuple(self._beginnings.values()),
            records_at=self._dispatch.records_at,
        )

    @classmethod
    def restored(cls, snapshot: CentreSnapshot, router: Router | None = None) -> "ContactCentre":
        """Gives a centre that goes on where a snapshot was taken."""
        centre = cls(snapshot.desk_settings, snapshot.conversation_settings, router)
        centre.now, centre._dispatch.records_at = snapshot.now, snapshot.records_at
        centre._beginnings.update((one.conversation, one) for one in snapshot.beginnings)
        for desk in snapshot.desks:
            centre._keep_desk(desk)
        for member in snapshot.members:
            centre._keep_member(member)
        for conversation in snapshot.conversations:
            centre._keep_conversation(conversation)
        centre._plan_records()
        centre._dispatch.settle()
        return centre

    def _start(self, event: ConversationStarted, happened: list[Happened]) -> None:
        known = self._conversations.get(event.conversation)
        if known is not None:
            at = max(event.at, known.at)
            happened.append(Happened(at, event, known, known, Unchanged("already started"), ()))
            return
        begun = self.life_cycle.start(event)
        self._beginnings[event.conversation] = event
        self._keep_conversation(begun)
        happened.append(Happened(event.at, event, None, begun, Applied(), ()))

    def _set(self, event: DeskSettingsMade | ConversationSettingsMade) -> None:
        """Puts other settings in force for what starts from now on; what was due under the old ones is settled."""
        if isinstance(event, DeskSettingsMade):
            self.desk_machine = AgentDesk(event.settings)
            self.life_cycle = self._life_cycle(self.life_cycle.settings)
        else:
            self.life_cycle = self._life_cycle(event.settings)
        for member in self._members.values():
            self._keep_member(attrs.evolve(member, benched=False))
        for desk in self._desks.values():
            self._keep_desk(desk)
        for conversation in self._conversations.values():
            self._keep_conversation(conversation)

    def _stream_of(self, conversation: Conversation) -> Workstream:
        return self.life_cycle.stream_of(conversation)

    def _life_cycle(self, settings: ConversationSettings) -> ConversationLifeCycle:
        desks = self.desk_machine.settings
        return ConversationLifeCycle(settings, desks.workstreams, desks.notifications)

    def _desk(self, agent: str, at: datetime) -> Desk:
        desk = self._desks.get(agent)
        if desk is None:
            desk = self.desk_machine.start(agent, at)
            self._keep_desk(desk)
        return desk

    def _at_desk(self, event: Any, happened: list[Happened], agent: str = "") -> None:
        before = self._desk(agent or event.agent, event.at)
        desk, outcome, effects = self.desk_machine.step(before, event)
        happened.append(self._stepped(event, before, desk, outcome, effects))
        if desk is not before:
            self._keep_desk(desk)

    def _of_conversation(self, event: Any, happened: list[Happened], name: str = "") -> None:
        before = self._conversations[name or event.conversation]
        is_moved = isinstance(event, ConversationReleased) and before.is_routed
        known = self._dispatch.staffed(event) if is_moved else event
        conversation, outcome, effects = self.life_cycle.step(before, known)
        happened.append(self._stepped(event, before, conversation, outcome, effects))
        if conversation is not before:
            self._keep_conversation(conversation)
        if isinstance(event, OfferRefused) and isinstance(outcome, Applied):
            limit = self.desk_machine.settings.session_limit
            if self._dispatch.benches(event.agent, conversation, limit):
                self._keep_member(attrs.evolve(member_of(self._members, event.agent), benched=True))
        now, then = conversation.routing, before.routing
        for attempt in (now.offer, now.held):
            if attempt is not None and attempt not in {then.offer, then.held}:
                self._keep_member(attrs.evolve(member_of(self._members, attempt.agent), last_given=conversation.at))

    def _stepped(self, event: Any, before: Any, state: Any, outcome: Outcome, effects: tuple[Any, ...]) -> Happened:
        """Says what happened, and sends what is meant for others."""
        for effect in effects:
            if type(effect) is Send and self._is_here(effect):
                self._post(effect.message)
        if type(event) is Tick:
            return Happened(state.at, None, before, state, None, effects)
        return Happened(max(before.at, event.at), event, before, state, outcome, effects)

    def _post(self, message: Any) -> None:
        """Takes a message for its receiver, who is handed it before anything else happens."""
        self._inbox.append(message)

    def _is_here(self, effect: Send) -> bool:
        """Says whether the receiver of a message is in the centre: a conversation only where it is routed here."""
        if type(effect.message) in TO_DESK:
            return True
        found = self._conversations.get(effect.to)
        return found is not None and found.is_routed

    def _run(self, happened: list[Happened]) -> None:
        """Delivers messages, and then gives waiting conversations to agents, until nothing is left to do."""
        while True:
            if self._inbox:
                self._hand_over(self._inbox.popleft(), happened)
                continue
            routed = None if self.now is None else self._dispatch.next(self.now)
            if routed is None:
                return
            self._of_conversation(routed, happened)
            if not isinstance(happened[-1].outcome, Applied):
                self._dispatch.pass_over(routed)

    def _hand_over(self, message: Any, happened: list[Happened]) -> None:
        """Hands a message to its receiver."""
        if type(message) in TO_DESK:
            self._at_desk(message, happened)
        elif message.conversation in self._conversations:  # else it was dropped meanwhile
            self._of_conversation(message, happened)

    def _keep_member(self, member: Member) -> None:
        self._members[member.agent] = member
        self._dispatch.note_agent(member.agent)

    def _keep_desk(self, desk: Desk) -> None:
        agent, before = desk.agent, self._desks.get(desk.agent)
        self._desks[agent] = desk
        due = self.desk_machine.deadline(desk)
        self._due.put((1, agent), None if due is None else (due, 1, agent))
        member = self._members.get(agent)
        if member is not None and member.benched and (before is None or standing_of(before) != standing_of(desk)):
            self._members[agent] = attrs.evolve(member, benched=False)
        self._dispatch.note_agent(agent)

    def _keep_conversation(self, conversation: Conversation) -> None:
        name = conversation.id
        self._conversations[name] = conversation
        due = self.life_cycle.deadline(conversation)
        self._due.put((0, name), None if due is None else (due, 0, name))
        self._dispatch.note_conversation(conversation, self.life_cycle.stream_of(conversation))
        self._plan_records()

    def _plan_records(self) -> None:
        """Plans when records that wait are given out, where some do and it is not planned yet. [spec 12]"""
        at = self._dispatch.plan_records(self.now, self.life_cycle.settings.records_period)
        self._due.put(_RECORDS, None if at is None else (at, *_RECORDS))
