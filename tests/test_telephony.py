"""Texts and calls: one contract for every provider, and what a person meets when a provider is in trouble."""

import base64
import hmac
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from house.asking import PAYMENT
from house.world import POSTGRES

from portal.clock import Clock
from portal.database import database
from portal.demo.fake_phones import Condition, FakePhones
from portal.models.challenge import Code
from portal.telephony.protocol import SENTENCES, Channel, Message, Reason, Receipt
from portal.telephony.twilio import Twilio
from portal.telephony.webhook import Webhook

TEXT = Message("message-1", "+12025550143", Channel.TEXT, "012345 is your <code> & more")
CALL = Message("message-2", "+12025550143", Channel.CALL, "The code is: 0, 1 <2> & 3.")


class Provider(ThreadingHTTPServer):
    """A provider on this machine that remembers what it got, and answers as it is told."""

    status, answer, slow = 201, b"{}", 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class Desk(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        time.sleep(self.server.slow)
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def provider():
    server = Provider()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def twilio(provider: Provider) -> Twilio:
    return Twilio("AC1", "secret", "+12025550100", provider.url)


def webhook(provider: Provider) -> Webhook:
    return Webhook(f"{provider.url}/hook", "secret")


@pytest.fixture(params=["fake", "twilio", "webhook"])
def any_telephony(request, kit):
    """Each adapter in turn: what sends, how to put it in trouble, what arrived."""
    if request.param == "fake":
        yield kit.telephony, lambda: kit.telephony.set_condition(TEXT.to, Condition.FAILING), kit.telephony.messages
        return
    server = request.getfixturevalue("provider")
    made = {"twilio": twilio, "webhook": webhook}[request.param](server)
    yield made, lambda: setattr(server, "status", 500), lambda: server.got


# The contract


@pytest.mark.parametrize("message", [TEXT, CALL])
def test_a_message_is_taken(any_telephony, message):
    telephony, _, arrived = any_telephony
    assert telephony.send(message).accepted
    assert len(arrived()) == 1


def test_trouble_is_a_receipt_with_a_reason_and_never_an_exception(any_telephony):
    telephony, gets_into_trouble, _ = any_telephony
    gets_into_trouble()
    receipt = telephony.send(TEXT)
    assert (receipt.accepted, receipt.reason in SENTENCES) == (False, True)


def test_a_receipt_holds_neither_number_nor_code(any_telephony):
    telephony, gets_into_trouble, _ = any_telephony
    gets_into_trouble()
    receipt = telephony.send(TEXT)
    assert "2025550143" not in str(receipt)
    assert "012345" not in str(receipt)


def test_a_message_does_not_show_its_words_in_a_log():
    assert "012345" not in repr(TEXT)


def test_every_reason_has_a_sentence_with_a_way_out():
    for reason in Reason:
        assert any(word in reason.sentence for word in ("another way", "Try", "Use", "use"))


# Twilio


def test_twilio_is_sent_what_it_expects(provider):
    twilio(provider).send(TEXT)
    path, headers, body = provider.got[0]
    assert path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"AC1:secret").decode()
    assert headers["I-Twilio-Idempotency-Token"] == "message-1"
    assert parse_qs(body.decode()) == {"To": [TEXT.to], "From": ["+12025550100"], "Body": [TEXT.body]}


def test_twilio_speaks_a_call_without_markup_of_ours(provider):
    twilio(provider).send(CALL)
    path, _, body = provider.got[0]
    assert path.endswith("/Calls.json")
    (said,) = parse_qs(body.decode())["Twiml"]
    assert said == '<Response><Say language="en-GB">The code is: 0, 1 &lt;2&gt; &amp; 3.</Say></Response>'


@pytest.mark.parametrize(("language", "voice"), [("en", "en-GB"), ("de", "de-DE"), ("pt_BR", "pt-BR")])
def test_twilio_reads_a_call_in_its_language(provider, language, voice):
    twilio(provider).send(replace(CALL, language=language))
    (said,) = parse_qs(provider.got[0][2].decode())["Twiml"]
    assert f'<Say language="{voice}">' in said


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("21211", Reason.INVALID_NUMBER),
        ("21610", Reason.OPTED_OUT),
        ("21408", Reason.COUNTRY),
        ("21612", Reason.UNREACHABLE),
        ("99999", Reason.PROVIDER_DOWN),
    ],
)
def test_twilios_own_codes_become_our_reasons(provider, code, reason):
    provider.status, provider.answer = 400, json.dumps({"code": int(code)}).encode()
    assert twilio(provider).send(TEXT).reason == reason


# The webhook


def test_the_webhook_is_signed_json(provider):
    webhook(provider).send(TEXT)
    path, headers, body = provider.got[0]
    assert path == "/hook"
    assert json.loads(body) == {
        "id": "message-1",
        "to": TEXT.to,
        "channel": "text",
        "body": TEXT.body,
        "language": "en",
    }
    assert headers["X-Portal-Signature"] == "sha256=" + hmac.digest(b"secret", body, "sha256").hex()


@pytest.mark.parametrize("reason", Reason)
def test_a_reason_of_the_webhook_is_told(provider, reason):
    provider.status, provider.answer = 422, json.dumps({"reason": reason}).encode()
    assert webhook(provider).send(TEXT).reason == reason


@pytest.mark.parametrize("answer", [b"", b"\xff\xfe" * 50_000, b"<html>", b'{"reason": "nonsense"}'])
def test_a_babbling_provider_is_down(provider, answer):
    provider.status, provider.answer = 503, answer
    assert webhook(provider).send(TEXT).reason == Reason.PROVIDER_DOWN


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1", "http://[::1", "nonsense", "ftp://127.0.0.1:1/x", "http://127.0.0.1:99999"]
)
def test_an_address_that_does_not_answer_is_down(url):
    receipt = Webhook(url, "secret").send(TEXT)
    assert (receipt.accepted, receipt.reason) == (False, Reason.PROVIDER_DOWN)


def test_a_provider_that_leads_elsewhere_has_taken_nothing(provider):
    class Redirecting(Desk):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(302)
            self.send_header("Location", f"{provider.url}/elsewhere")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

    provider.RequestHandlerClass = Redirecting
    assert not webhook(provider).send(TEXT).accepted


# The fake, and production


def test_the_fake_does_not_send_without_the_clock_of_the_demo(tmp_path):
    with pytest.raises(RuntimeError, match="demo"):
        FakePhones(tmp_path, Clock()).send(TEXT)
    assert not list(tmp_path.iterdir())


def test_a_lost_message_is_accepted_and_never_arrives(kit, phone):
    phone(TEXT.to).becomes("lost")
    assert kit.telephony.send(TEXT).accepted
    assert phone(TEXT.to).messages == []


@pytest.mark.parametrize(("message", "reason"), [(TEXT, Reason.UNREACHABLE), (CALL, Reason.BUSY)])
def test_a_failing_phone_cannot_be_reached(kit, phone, message, reason):
    phone(TEXT.to).becomes("failing")
    assert kit.telephony.send(message).reason == reason


# What a person meets


@contextmanager
def within(seconds: float):
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < seconds


@pytest.fixture
def mary(person):
    return person("mary").opens(PAYMENT)


@pytest.mark.parametrize("condition", ["failing", "down", "lost"])
def test_a_phone_in_trouble_keeps_nobody_waiting_and_a_call_is_offered(mary, phone, condition):
    phone("+12025550178").becomes(condition)
    with within(1.5):
        mary.presses("Send code")
    mary.sees("Call •• 78")
    assert mary.status == 200


@pytest.mark.parametrize(("condition", "words"), [("failing", "cannot be reached"), ("down", "does not answer")])
def test_the_page_says_what_is_the_matter(mary, phone, condition, words):
    phone("+12025550178").becomes(condition)
    assert words in mary.presses("Send code").alert
    assert mary.status_line == ""


def test_after_a_failure_another_one_may_follow_at_once(mary, phone):
    phone("+12025550178").becomes("failing")
    mary.presses("Send code")
    phone("+12025550178").becomes("works")
    mary.presses("Send another")
    assert mary.status == 200
    assert len(phone("+12025550178").messages) == 1


def test_a_failed_text_counts_towards_the_sends_of_the_challenge(mary, phone):
    phone("+12025550178").becomes("failing")
    for _ in range(6):
        mary.presses("Send code" if mary.heading == "Verify that it is you" else "Send another")
    assert mary.status == 429


class Raising:
    """An adapter that breaks its promise."""

    def send(self, message: Message):
        raise ZeroDivisionError(message.to)


class Slow:
    """A provider that answers when it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def send(self, message: Message):
        self.let_go.wait(10)
        return Receipt(accepted=True)


def test_an_adapter_that_raises_breaks_no_page(app, kit, mary):
    app.extensions["kit"] = replace(kit, telephony=Raising())
    assert "does not answer" in mary.presses("Send code").alert
    mary.sees("Call •• 78")


@pytest.fixture
def slow(app, kit):
    """Every message waits until the test is over."""
    provider, before = Slow(), set(threading.enumerate())
    app.extensions["kit"] = replace(kit, telephony=provider)
    yield provider
    provider.let_go.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)


def test_a_slow_provider_keeps_nobody_waiting_and_a_call_is_offered(slow, mary):
    with within(1.5):
        mary.presses("Send code")
    mary.sees("taking its time", "Call •• 78")
    assert mary.page.first(id="delivery").attrs["hx-trigger"].startswith("every")


@pytest.mark.skipif(not POSTGRES, reason="SQLite has no pool to be used up")
def test_a_slow_provider_holds_no_connection_of_the_pool(slow, mary):
    mary.presses("Send code")
    database.close()
    assert not database.obj._in_use


def test_one_code_is_one_message(mary, phone):
    mary.presses("Send code")
    assert Code.select().count() == len(phone("+12025550178").messages) == 1
