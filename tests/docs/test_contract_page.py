"""docs/contract.md names every topic, verb, field and error, and shows what the programs understand."""

import re
from typing import get_args

import msgspec
import pytest

from broker.contract import messages, topics
from tests.docs.pages import code_words, page, section


def structs():
    return [
        kind
        for kind in vars(messages).values()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ == messages.__name__
    ]


@pytest.mark.parametrize("kind", structs(), ids=lambda kind: kind.__name__)
def test_the_contract_names_every_field_of_every_message(kind):
    missing = {field.encode_name for field in msgspec.structs.fields(kind)} - code_words(page("contract.md"))
    assert not missing


def test_the_contract_names_every_verb_with_its_fields():
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*)$", section(page("contract.md"), "Requests"), re.MULTILINE))
    assert set(rows) == set(messages.REQUESTS)
    for verb, kind in messages.REQUESTS.items():
        own = {field.name for field in msgspec.structs.fields(kind)} - {"request_id"}
        assert own <= code_words(rows[verb]), verb


@pytest.mark.parametrize("words", [messages.ErrorCode, messages.TicketStatus, messages.DeskStatus])
def test_the_contract_names_every_error_and_every_status(words):
    assert set(get_args(words)) <= code_words(page("contract.md"))


def test_the_contract_tells_when_each_error_comes_and_no_other():
    told = re.findall(
        r"^\| `(\w+)` \|", page("contract.md").partition("### Errors")[2].partition("\n## ")[0], re.MULTILINE
    )
    assert told == list(get_args(messages.ErrorCode))


def test_the_contract_names_every_topic():
    client, verb, desk_id = "<client>", "<verb>", "<desk id>"
    for topic in (
        topics.request(client, verb),
        topics.reply(client),
        topics.MENU,
        topics.BOARD,
        topics.desk(desk_id),
        topics.health(client),
    ):
        assert f"`{topic}`" in page("contract.md")


def test_the_contract_tells_the_size_of_the_largest_request():
    assert f"{messages.MAX_REQUEST_BYTES} bytes" in page("contract.md")


def whole_payloads():
    """Every payload on the page that was not shortened, with its topic."""
    shown = re.findall(r"^    (okienko/\S+) (\{.*\})$", page("contract.md"), re.MULTILINE)
    shown += re.findall(r"-t (okienko/request/\S+)(?: \\\n)?\s+-m '(.*)'$", page("contract.md"), re.MULTILINE)
    return [(topic, payload) for topic, payload in shown if "..." not in payload]


@pytest.mark.parametrize(("topic", "payload"), whole_payloads())
def test_a_payload_on_the_page_is_one_that_the_programs_understand(topic, payload):
    family, name = topic.split("/")[1:3]
    if family == "request":
        messages.decode_request(topics.client_and_verb(topic)[1], payload.encode())
    else:
        kind = {"reply": messages.Reply, "health": messages.Health}[family]
        assert msgspec.json.decode(payload, type=kind)
    assert name


def test_the_page_shows_requests_replies_and_health():
    families = {topic.split("/")[1] for topic, _ in whole_payloads()}
    assert families == {"request", "reply", "health"}
