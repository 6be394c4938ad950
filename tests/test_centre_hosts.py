"""What runs a contact centre: the index of agents, the order of deadlines, the loop of asyncio, the command line."""

import asyncio
import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.test_contact_centre import CHAT, START, streams

from customer_summary import (
    AcceptPressed,
    AgentConnected,
    AsyncContactCentre,
    BaseStatus,
    Capacity,
    CapacityProfile,
    Channel,
    Chosen,
    ContactCentre,
    Conversation,
    ConversationClosed,
    ConversationLifeCycle,
    ConversationStarted,
    Declined,
    DeclineReason,
    Demand,
    Desk,
    DeskSettings,
    Happened,
    InvalidValue,
    Member,
    MessageSent,
    NotificationDisplayed,
    NotificationSettings,
    OfferRefused,
    OfferWithdrawn,
    Outcome,
    PresenceChosen,
    RefusalReason,
    Skill,
    SkillMatching,
    UnknownKey,
    Workstream,
    choose,
)
from customer_summary.__main__ import main
from customer_summary.domain.conversation_routing import Routing
from customer_summary.domain.message import Author, Message
from customer_summary.hosts.agent_index import AgentIndex
from customer_summary.hosts.deadlines import Ordered
from customer_summary.rules.desk import AgentDesk

SAMPLE = Path(__file__).parents[1] / "examples" / "centre.ndjson"
SETTINGS = DeskSettings(
    notifications=NotificationSettings(templates=(CHAT,)),
    workstreams=streams(SkillMatching.EXACT),
    capacity=Capacity(units=2),
)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def started(
    name: str = "c", seconds: float = 0, channel: Channel = Channel.LIVE_CHAT, **fields: Any
) -> ConversationStarted:
    return ConversationStarted(at=at(seconds), conversation=name, channel=channel, workstream=channel.value, **fields)


# The index of agents


@st.composite
def agents(draw: st.DrawFn) -> tuple[dict[str, Desk], dict[str, Member]]:
    """Desks with any load and presence, and what routing knows of their agents."""
    machine = AgentDesk(attrs.evolve(SETTINGS, capacity=Capacity(units=4)))
    desks, members = dict[str, Desk](), dict[str, Member]()
    for name in ("noor", "olha", "pim", "rik", "sofia"):
        units = draw(st.sampled_from([None, 0, 1, 2, 4]))
        profiles = (CapacityProfile(name="chats", limit=draw(st.integers(0, 2))),) if draw(st.booleans()) else ()
        machine = AgentDesk(attrs.evolve(SETTINGS, capacity=Capacity(units=units, profiles=profiles)))
        desk = machine.start(name, START)
        if draw(st.sampled_from([True, True, True, False])):
            desk, _, _ = machine.step(desk, AgentConnected(at=START, agent=name, since=START))
        text = draw(st.sampled_from(["", "", "Busy", "Do not disturb"]))
        if text:
            desk, _, _ = machine.step(desk, PresenceChosen(at=at(1), agent=name, presence=text, chosen_at=at(1)))
        desks[name] = desk
        members[name] = Member(
            agent=name,
            queues=draw(st.sampled_from([(), ("first",), ("first", "second")])),
            supervisor=draw(st.sampled_from([False, False, False, True])),
            skills=draw(st.sampled_from([(), ("x",), ("y",), ("x", "y")])),
            last_given=draw(st.sampled_from([None, at(1), at(2)])),
            benched=draw(st.sampled_from([False, False, False, True])),
        )
    return desks, members


@st.composite
def seeking(draw: st.DrawFn) -> tuple[Workstream, Conversation]:
    """A conversation that seeks an agent, and its workstream."""
    stream = Workstream(
        name="stream",
        channel=Channel.LIVE_CHAT,
        demand=draw(st.sampled_from([Demand(), Demand(units=1), Demand(units=3), Demand(profiles=("chats",))])),
        allowed=draw(
            st.sampled_from([(BaseStatus.AVAILABLE,), (BaseStatus.BUSY, BaseStatus.AVAILABLE), tuple(BaseStatus)])
        ),
        skill_matching=draw(st.sampled_from(SkillMatching)),
    )
    machine = ConversationLifeCycle(workstreams=(stream,))
    skills = draw(st.sampled_from([(), (Skill("x"),), (Skill("x"), Skill("y"))]))
    begun = machine.start(
        ConversationStarted(
            at=START, conversation="c", channel=Channel.LIVE_CHAT, workstream="stream", skills=skills,
            queue=draw(st.sampled_from(["", "first", "second"])),
        )
    )  # fmt: skip
    names = draw(st.lists(st.sampled_from(["noor", "olha", "pim"]), unique=True, max_size=3))
    declined = tuple(Declined(one, DeclineReason.MISSED, START, at(30), rested=draw(st.booleans())) for one in names)
    prefers = draw(st.sampled_from(["", "", "noor", "ghost"]))
    return stream, attrs.evolve(begun, routing=Routing("stream", declined=declined, prefers=prefers))


@given(agents(), seeking())
def test_the_index_chooses_whom_looking_at_everybody_chooses(
    known: tuple[dict[str, Desk], dict[str, Member]], sought: tuple[Workstream, Conversation]
) -> None:
    desks, members = known
    stream, conversation = sought
    index = AgentIndex(desks, members)
    for name in desks:
        index.update(name)
    wanted = choose(stream, conversation, [(desk, members[name]) for name, desk in desks.items()])
    for _ in range(2):  # a choice leaves the order as it was
        assert index.choose(stream, conversation) == wanted


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.none() | st.integers(0, 9)), max_size=300))
def test_the_first_of_an_order_is_the_least_place_that_stands(changes: list[tuple[str, int | None]]) -> None:
    order, places = Ordered[str](), dict[str, tuple[int, str]]()
    for key, number in changes:
        order.put(key, None if number is None else (number, key))
        places.pop(key, None)
        if number is not None:
            places[key] = number, key
        least = min(((place, one) for one, place in places.items()), default=None)
        assert order.first() == least
        assert len(order) == len(places)
        if least is not None:
            popped = order.pop()
            assert popped is not None
            assert popped == least
            second = heapq.nsmallest(2, ((place, one) for one, place in places.items()))[1:]
            assert order.first() == (second[0] if second else None)
            order.restore([popped])
            assert order.first() == least


def test_what_was_replaced_does_not_pile_up() -> None:
    order = Ordered[str]()
    for number in range(10_000):
        order.put("a", (number, "a"))
    assert len(order._heap) < 100  # noqa: SLF001  # what nobody can see from outside


# The contact centre


def centre(**fields: Any) -> ContactCentre:
    made = ContactCentre(attrs.evolve(SETTINGS, **fields))
    made.send(AgentConnected(at=START, agent="noor", since=START))
    return made


def answer(happened: list[Happened], event: Any) -> Outcome | None:
    return next(one.outcome for one in happened if one.event is event)


def test_what_raises_changes_nothing_and_loses_nothing() -> None:
    made = centre()
    made.send(started(seconds=1))
    made.send(NotificationDisplayed(at=at(2), agent="noor", offer="c/1"))
    before = made.snapshot()
    for wrong, error in (
        (AcceptPressed(at=at(200), agent="ghost", offer="c/1"), UnknownKey),
        (ConversationClosed(at=at(200), conversation="ghost"), UnknownKey),
        (attrs.evolve(started("d", 200), workstream="ghost"), UnknownKey),
        (attrs.evolve(started("d", 200), channel=Channel.SMS), InvalidValue),
        (started(seconds=1, queue="other"), InvalidValue),
        (OfferWithdrawn(at=at(200), agent="noor", offer="c/1", until=at(900)), InvalidValue),
    ):
        with pytest.raises(error):
            made.send(wrong)
        assert made.snapshot() == before
    kinds = [type(effect).__name__ for one in made.advance(at(200)) for effect in one.effects]
    assert "DismissNotification" in kinds, "the miss is still told"


def test_what_is_closed_can_be_dropped_and_nothing_else() -> None:
    made = centre()
    made.send(started(seconds=1))
    for name in ("c", "ghost"):
        with pytest.raises(UnknownKey, match="closed conversation"):
            made.drop(name)
    made.send(ConversationClosed(at=at(2), conversation="c"))
    assert made.drop("c").closed_on == at(2)
    assert dict(made.conversations) == {}
    with pytest.raises(UnknownKey):
        made.send(ConversationClosed(at=at(3), conversation="c"))


def test_a_refusal_that_comes_again_later_benches_nobody() -> None:
    made = centre(session_limit=1, capacity=Capacity())
    made.send(started("c", 1))
    made.send(AcceptPressed(at=at(2), agent="noor", offer="c/1"))
    made.send(started("d", 3))
    assert (made.members["noor"].benched, made.waiting()) == (True, ("d",))
    refused = OfferRefused(at=at(4), conversation="d", agent="noor", offer="d/1", reason=RefusalReason.SESSION_LIMIT)
    made.send(ConversationClosed(at=at(5), conversation="c"))
    made.send(PresenceChosen(at=at(6), agent="noor", presence="Available", chosen_at=at(6)))
    assert (made.members["noor"].benched, made.conversations["d"].routing.attempts) == (False, 2)
    made.send(attrs.evolve(refused, at=at(7)))  # type: ignore[arg-type]  # a host that delivers it once more
    assert not made.members["noor"].benched


def test_a_stranger_whom_a_router_of_the_host_names_is_nobody() -> None:
    made = ContactCentre(SETTINGS, router=lambda _: Chosen("ghost"))
    made.send(started())
    assert (made.waiting(), dict(made.desks)) == (("c",), {})


# On a loop


class Clock(asyncio.SelectorEventLoop):
    """A loop whose time jumps to whatever is due next."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def time(self) -> float:
        return self.passed

    def _run_once(self) -> None:
        ready, scheduled = self._ready, self._scheduled  # type: ignore[attr-defined]  # as every test loop does
        if not ready and scheduled:
            self.passed = max(self.passed, scheduled[0].when())
        super()._run_once()  # type: ignore[misc]  # as above


def on_a_loop(play: Callable[[AsyncContactCentre], Any], performed: list[Happened]) -> None:
    async def run() -> None:
        async with AsyncContactCentre(ContactCentre(SETTINGS), START, performed.append) as running:
            await play(running)

    loop = Clock()
    try:
        loop.run_until_complete(run())
    finally:
        loop.close()


def test_what_is_due_is_settled_when_the_time_of_the_loop_comes_to_it() -> None:
    performed: list[Happened] = []

    async def play(running: AsyncContactCentre) -> None:
        running.send(lambda now: AgentConnected(at=now, agent="noor", since=now))
        await asyncio.sleep(10)
        running.send(
            lambda now: ConversationStarted(at=now, conversation="c", channel=Channel.LIVE_CHAT, workstream="live_chat")
        )
        await asyncio.sleep(5)
        running.send(lambda now: NotificationDisplayed(at=now, agent="noor", offer="c/1"))
        await asyncio.sleep(84)
        assert running.centre.conversations["c"].routing.offer is not None
        await asyncio.sleep(2)
        assert [one.reason for one in running.centre.conversations["c"].routing.declined] == [DeclineReason.MISSED]

    on_a_loop(play, performed)
    missed = next(one for one in performed if one.event is None)
    assert missed.at == at(100)


def test_performing_may_send_events_and_the_order_stays() -> None:
    performed: list[Any] = []

    async def run() -> None:
        def perform(one: Happened) -> None:
            performed.append(type(one.event).__name__)
            if isinstance(one.event, ConversationStarted):
                message = Message(id="m", at=START, author=Author.CUSTOMER, text="hello")
                running.send(lambda now: MessageSent(at=now, conversation="c", message=message))

        running = AsyncContactCentre(ContactCentre(SETTINGS), START, perform)
        async with running:
            running.send(lambda now: AgentConnected(at=now, agent="noor", since=now))
            running.send(lambda now: attrs.evolve(started(), at=now))

    asyncio.run(run())
    assert performed == ["AgentConnected", "ConversationStarted", "AgentRouted", "Offered", "MessageSent"]


def test_what_performing_raises_reaches_the_sender_and_the_rest_is_performed_next() -> None:
    performed: list[Any] = []

    def perform(one: Happened) -> None:
        performed.append(type(one.event).__name__)
        if isinstance(one.event, ConversationStarted):
            raise OSError("the disk is full")

    async def run() -> None:
        async with AsyncContactCentre(ContactCentre(SETTINGS), START, perform) as running:
            running.send(lambda now: AgentConnected(at=now, agent="noor", since=now))
            with pytest.raises(OSError, match="full"):
                running.send(lambda now: attrs.evolve(started(), at=now))
            running.send(lambda now: AgentConnected(at=now, agent="olha", since=now))

    asyncio.run(run())
    assert performed == ["AgentConnected", "ConversationStarted", "AgentRouted", "Offered", "AgentConnected"]


# On the command line


def test_the_sample_is_what_its_script_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import make_centre

    monkeypatch.setattr(make_centre, "SAMPLE", tmp_path / "again.ndjson")
    make_centre.main()
    assert (tmp_path / "again.ndjson").read_text("utf-8") == SAMPLE.read_text("utf-8")


AGENTS_AT = {
    "2026-03-02T09:01:30Z": """\
noor: Available (default since 2026-03-02T09:00:10Z), sessions 0 of 10, capacity 0 of 4, queues ovens orders, skills Dutch
    offered oven/1: displayed until 2026-03-02T09:02:00Z
olha: Available (default since 2026-03-02T09:00:20Z), sessions 0 of 10, capacity 0 of 4, queues ovens orders, skills Ukrainian Dutch
pim: Offline (signed_out), sessions 0 of 10, capacity 0 of 4, queues orders
""",
    "2026-03-02T09:08:35Z": """\
noor: Do not disturb (capacity_full), sessions 1 of 10, capacity 4 of 4, queues ovens orders, skills Dutch
    has call/1: open
olha: Do not disturb (rejected since 2026-03-02T09:08:04Z), sessions 1 of 10, capacity 2 of 4, queues ovens orders, skills Ukrainian Dutch
    has oven/2: open
pim: Offline (signed_out), sessions 0 of 10, capacity 0 of 4, queues orders
waiting: urgent, refund
""",
}


@pytest.mark.parametrize("instant", AGENTS_AT)
def test_the_agents_of_the_sample_at_an_instant(instant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agents", str(SAMPLE), "--at", instant]) == 0
    assert capsys.readouterr().out == AGENTS_AT[instant]


def test_the_story_of_the_sample_says_who_is_given_what_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", str(SAMPLE)]) == 0
    lines = capsys.readouterr().out.splitlines()
    routed = [line.split(" ", 2)[2] for line in lines if " agent_routed " in line]
    assert routed[:3] == [
        "oven agent noor attempt 1 -> applied [active]",
        "oven agent olha attempt 2 -> applied [active]",
        "text agent noor attempt 1 -> applied [active]",
    ]
    assert "text agent noor attempt 2 affinity -> applied [active]" in routed
    assert "refund agent olha attempt 2 again -> applied [active]" in routed
    assert [line for line in lines if "Marta" in line] == []


def test_the_page_of_a_conversation_that_was_routed_here(capsys: pytest.CaptureFixture[str]) -> None:
    show = ["show", str(SAMPLE), "--conversation", "oven"]
    assert main([*show, "--at", "2026-03-02T09:05:00Z"]) == 0
    page = capsys.readouterr().out
    assert "Marta Kowal" in page
    assert "Waiting time              1 minute" in page
    assert main([*show, "--at", "2026-03-02T09:01:30Z"]) == 3
    assert "Not accepted yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ('{"v":1,"fact":"accept_pressed","at":"2026-03-02T09:00:00Z","agent":"ghost","offer":"c/1"}', "agent: no agent with this id was made known"),
        ('{"v":1,"fact":"conversation_started","at":"2026-03-02T09:00:00Z","conversation":"c","channel":"sms","workstream":"ghost"}', "workstream: the settings have no workstream of this name"),
        ('{"v":1,"fact":"conversation_ended","at":"2026-03-02T09:00:00Z","conversation":"c"}', "conversation: no conversation with this id has started"),
    ],
)  # fmt: skip
def test_bad_input_of_a_log_is_named_by_its_line(
    line: str, rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.ndjson"
    log.write_text(f"\n{line}\n", "utf-8")
    assert main(["events", str(log)]) == 2
    assert capsys.readouterr().err == f"customer_summary: line 2: {rule}\n"
