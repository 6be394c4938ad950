"""The importer of agent guidelines: no step is lost, references become sub-scripts, and real talks are held against it."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import import_abcd_scripts as importer
from customer_summary import (
    ActionKind,
    AgentScript,
    DecodeError,
    ScriptFindingKind,
    StepKind,
    StepState,
    check_files,
    check_scripts,
    read_scripts,
)
from customer_summary.domain.macro import ACTIONS
from customer_summary.domain.script_library import Written

FLOWS = {
    "Order Issue": {
        "subflows": {
            "Status Fee": {
                "instructions": ["If they want it back, see Product Defect > Refund Order instead."],
                "actions": [
                    {"type": "interaction", "button": "Pull up account", "text": "Ask for the name", "subtext": ["Full"]},
                    {"type": "faq/policy", "button": "Membership Privileges", "text": "Look it up", "subtext": []},
                    {"type": "communication", "button": "N/A", "text": "x", "subtext": []},
                ],
            }
        }
    },
    "Product Defect": {
        "subflows": {
            "Refund Order": {
                "instructions": [],
                "actions": [
                    {"type": "kb query", "button": "Enter Detail", "text": "Use the Status Fee subflow", "subtext": ["or the 'Refund Order' flow"]},
                    {"type": "interaction", "button": "Pull up Account", "text": "", "subtext": []},
                ],
            }
        }
    },
}  # fmt: skip


def described(script: AgentScript) -> list[tuple[int, str, str]]:
    return [(step.order, step.kind.value, step.name) for step in script.shown]


def test_each_action_becomes_a_step_and_each_reference_a_sub_script_after_it() -> None:
    first, second = importer.read_guidelines(FLOWS).subflows
    assert described(first.script) == [
        (1, "sub_script", "Refund Order"),
        (10, "macro", "Pull up account"),
        (20, "macro", "Membership Privileges"),
        (30, "text", "Talk to the customer"),
    ]
    assert described(second.script) == [
        (10, "macro", "Enter Detail"),
        (11, "sub_script", "Status Fee"),
        (20, "macro", "Pull up Account"),
    ]
    assert first.script.shown[1].description == "Ask for the name\nFull"
    assert first.script.shown[3].text == "x"


def test_two_spellings_of_a_button_are_one_macro() -> None:
    imported = importer.read_guidelines(FLOWS)
    assert [one.unique_name for one in imported.macros] == [
        "abcd_pull_up_account",
        "abcd_membership",
        "abcd_enter_details",
    ]
    assert [one.actions[0].kind for one in imported.macros] == [ActionKind.RUN_FLOW, ActionKind.OPEN_ARTICLE, ActionKind.RUN_FLOW]  # fmt: skip


def test_what_the_script_requires_is_compared_with_the_other_file() -> None:
    imported = importer.read_guidelines(FLOWS)
    assert [importer.required_actions(one.script) for one in imported.subflows] == [
        ("pull-up-account", "membership"),
        ("enter-details", "pull-up-account"),
    ]
    required = {"a": ["pull-up-account", "membership"], "b": ["pull-up-account"]}
    assert importer.contradictions(imported, required, ["a", "b"]) == {
        "Refund Order": "the guidelines ask for enter-details, pull-up-account; b of the other file for pull-up-account"
    }


def test_a_talk_is_held_against_its_script() -> None:
    imported = importer.read_guidelines(FLOWS)
    found = importer.replay(imported, imported.subflows[0].script, ["membership", "notify-team", "membership"])
    assert (found.done, found.skipped) == (("membership",), ("pull-up-account",))
    assert found.beyond == ("notify-team", "membership")


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "expected an object, got a list"),
        ({"F": 1}, "F: expected an object, got a number"),
        ({"F": {}}, "F: expected an object, got nothing"),
        ({"F": {"subflows": {"S": 1}}}, "S: expected an object, got a number"),
        ({"F": {"subflows": {"S": {}}}}, "F.S.actions: expected a list, got nothing"),
        ({"F": {"subflows": {"S": {"actions": [1]}}}}, r"F.S.actions\[0\]: expected an object, got a number"),
        ({"F": {"subflows": {"S": {"actions": [], "instructions": 1}}}}, "F.S.instructions: expected a list of texts"),
        ({"F": {"subflows": {"S": {"actions": [{"text": "x" * 2001}]}}}}, "F.S.text: at most 2000 characters"),
    ],
)
def test_what_is_no_such_document_is_refused_with_its_place(document: Any, message: str) -> None:
    with pytest.raises(DecodeError, match=message):
        importer.read_guidelines(document)


@pytest.mark.parametrize(
    "conversation", [{}, {"delexed": []}, {"delexed": [1]}, {"delexed": [{}]}, {"delexed": [{"targets": ["a", "b"]}]}]
)
def test_a_conversation_without_its_targets_is_refused(conversation: dict[str, Any]) -> None:
    with pytest.raises(DecodeError, match="delexed"):
        importer.actions_of(conversation)


def test_the_other_file_must_name_every_sub_flow() -> None:
    imported = importer.read_guidelines(FLOWS)
    with pytest.raises(DecodeError, match="subflows: expected 2 in all, got 1"):
        importer.names_in_order({"intents": {"subflows": {"order_issue": ["a"]}}}, imported)
    assert importer.contradictions(imported, {}, ["a", "b"]).keys() == {"Status Fee", "Refund Order"}


class TestReferenceData:
    @pytest.fixture
    def folder(self, reference_data: Path) -> Path:
        return reference_data / "abcd"

    @pytest.fixture
    def source(self, folder: Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((folder / "guidelines.json").read_bytes())
        return found

    @pytest.fixture
    def imported(self, source: dict[str, Any]) -> importer.Imported:
        return importer.read_guidelines(source)

    @pytest.fixture
    def order(self, folder: Path, imported: importer.Imported) -> list[str]:
        return importer.names_in_order(json.loads((folder / "ontology.json").read_bytes()), imported)

    def test_all_55_sub_flows_and_255_steps_are_there_in_their_order_and_with_all_their_words(
        self, source: dict[str, Any], imported: importer.Imported
    ) -> None:
        expected = [
            (name, [(one["button"], "\n".join([one["text"], *one["subtext"]])) for one in flow["actions"]])
            for one in source.values()
            for name, flow in one["subflows"].items()
        ]
        found = []
        for one in imported.subflows:
            steps = [step for step in one.script.shown if step.kind is not StepKind.SUB_SCRIPT]
            names = ["N/A" if step.name == "Talk to the customer" else step.name for step in steps]
            found.append((one.name, list(zip(names, (step.text or step.description for step in steps), strict=True))))
        stripped = [(name, [(button, words.strip()) for button, words in steps]) for name, steps in expected]
        assert found == stripped
        assert (len(found), sum(len(steps) for _, steps in found)) == (55, 255)
        kinds = Counter(step.kind for one in imported.subflows for step in one.script.steps)
        assert kinds == {StepKind.TEXT: 29, StepKind.MACRO: 226, StepKind.SUB_SCRIPT: 17}

    def test_the_references_written_as_a_path_and_those_by_name_become_sub_scripts(
        self, imported: importer.Imported
    ) -> None:
        found = [
            (one.name, step.name)
            for one in imported.subflows
            for step in one.script.shown
            if step.kind is StepKind.SUB_SCRIPT
        ]
        by_path = [
            ("Status Delivery Time", "Shipping Status"),
            ("Manage Downgrade", "Shipping Cost"),
            ("Mistimed Billing Already Returned", "Initiate Refund"),
            ("Shipping Cost", "Manage Downgrade"),
        ]
        assert set(by_path) <= set(found)
        assert ("Manage Shipping", "Shipping Cost") in found
        assert Counter(target for _, target in found)["Recover Username"] == 12

    def test_nothing_is_wrong_with_them_but_the_cycle_that_the_source_has(self, imported: importer.Imported) -> None:
        every: list[Written] = [*(one.script for one in imported.subflows), *imported.macros, imported.template]
        (found,) = check_scripts(every)
        assert found.kind is ScriptFindingKind.CYCLE
        assert (
            found.text == "leads back to itself: abcd_order_issue_manage_downgrade, abcd_shipping_issue_shipping_cost"
        )
        assert all(one.actions[0].kind in ACTIONS for one in imported.macros)

    def test_51_sub_flows_require_what_the_other_file_says_and_four_contradict_it(
        self, folder: Path, imported: importer.Imported, order: list[str]
    ) -> None:
        required = json.loads((folder / "kb.json").read_bytes())
        assert set(order) == set(required)
        found = importer.contradictions(imported, required, order)
        assert list(found) == ["Refund Status", "Search Not Working", "Website Too Slow", "Manage Pay Bill"]
        assert "subscription-status" in found["Manage Pay Bill"]

    @pytest.mark.parametrize(
        ("number", "name", "done", "skipped", "beyond"),
        [
            (3592, "Return Due to Size", ["pull-up-account", "validate-purchase", "enter-details"], ["membership", "update-order"], ["notify-team"]),
            (9489, "Refund Status", ["pull-up-account", "validate-purchase"], ["notify-team"], []),
            (3695, "Timing FAQ", ["search-faq", "search-timing", "select-faq"], [], []),
        ],
    )  # fmt: skip
    def test_the_three_real_talks_against_their_scripts(  # noqa: PLR0917  # a row of the table
        self, folder: Path, imported: importer.Imported, order: list[str], number: int, name: str, done: list[str], skipped: list[str], beyond: list[str]
    ) -> None:  # fmt: skip
        talks = json.loads((folder / "abcd_sample.json").read_bytes())
        key, actions = importer.actions_of(next(one for one in talks if one["convo_id"] == number))
        subflow = dict(zip(order, imported.subflows, strict=True))[key]
        found = importer.replay(imported, subflow.script, actions)
        assert subflow.name == name
        assert (list(found.done), list(found.skipped), list(found.beyond)) == (done, skipped, beyond)
        assert [one.state for one in found.run.steps] == [StepState.DONE] * len(done)

    def test_the_commands_go_from_file_to_check(self, folder: Path, tmp_path: Path, capsys: Any) -> None:
        assert importer.main([str(folder / "guidelines.json")]) == 0
        text = capsys.readouterr().out
        (found,) = check_files([read_scripts(text.encode(), "scripts.json")])
        assert '"abcd_order_issue_manage_downgrade"' in text.splitlines()[found.line]
        arguments = [folder / "guidelines.json", "--kb", folder / "kb.json", "--ontology", folder / "ontology.json"]
        assert importer.main(list(map(str, arguments))) == 0
        out = capsys.readouterr().out
        assert out.splitlines()[-1] == "51 of 55 sub-flows agree"
        assert len(out.splitlines()) == 5
        assert importer.main([str(tmp_path / "none.json")]) == 2
        (tmp_path / "list.json").write_text("[]")
        assert importer.main([str(tmp_path / "list.json")]) == 2
        assert "expected an object, got a list" in capsys.readouterr().err
