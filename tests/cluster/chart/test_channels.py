"""How the backend of a release learns to send mail and push messages. Needs helm alone."""

import subprocess
from typing import Any

import pytest

from tests.cluster.chart.test_render import render

pytestmark = pytest.mark.cluster


def environment(*words: str) -> dict[str, Any]:
    """The backend's variables, by their names; none stands twice."""
    (backend,) = (
        item for item in render(*words) if (item["kind"], item["metadata"]["name"]) == ("Deployment", "todo-backend")
    )
    listed = backend["spec"]["template"]["spec"]["containers"][0].get("env", [])
    found = {item["name"]: item.get("value", item.get("valueFrom", {}).get("secretKeyRef")) for item in listed}
    assert len(found) == len(listed)
    return found


def test_without_the_values_there_is_nothing() -> None:
    assert environment() == {}


def test_mail_of_a_secret_of_its_own() -> None:
    words = ("--set", "mail.enabled=true,mail.secretName=mine,mail.from=Todo <todo@example.com>")
    told = environment(*words, "--set", "ingress.enabled=true,ingress.tlsSecret=tls,ingress.host=todo.example.com")
    assert told == {
        "SMTP_URL": {"name": "mine", "key": "SMTP_URL"},
        "SMTP_USERNAME": {"name": "mine", "key": "SMTP_USERNAME", "optional": True},
        "SMTP_PASSWORD": {"name": "mine", "key": "SMTP_PASSWORD", "optional": True},
        "SMTP_FROM": "Todo <todo@example.com>",
        "TODO_PAGE_URL": "https://todo.example.com",
    }


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("mail.pageUrl=https://lists.example.com,ingress.enabled=true", "https://lists.example.com"),
        ("ingress.enabled=true", "http://todo.local"),
        ("gateway.enabled=true,gateway.name=g", "https://todo.local"),
    ],
)
def test_mails_lead_to_the_page(words: str, url: str) -> None:
    assert environment("--set", f"mail.enabled=true,{words}") == {"TODO_PAGE_URL": url}


def test_the_key_of_push_and_the_hosts() -> None:
    words = "push.enabled=true,push.subject=mailto:me@example.com,channels.enabled=true,channels.services=ntfy"
    assert environment("--set", words, "--set-string", "channels.hosts=ntfy.lan") == {
        "VAPID_PRIVATE_KEY": {"name": "todo-push-secret", "key": "VAPID_PRIVATE_KEY"},
        "VAPID_SUBJECT": "mailto:me@example.com",
        "TODO_REMINDER_SERVICES": "ntfy",
        "TODO_REMINDER_HOSTS": "ntfy.lan",
    }


def test_what_a_person_sets_by_hand_holds() -> None:
    own = "backend.extraEnv[0].name=TODO_PAGE_URL,backend.extraEnv[0].value=https://own.example.com"
    assert environment("--set", f"mail.enabled=true,mail.pageUrl=https://a.example.com,{own}") == {
        "TODO_PAGE_URL": "https://own.example.com"
    }


@pytest.mark.parametrize(
    "words",
    ["mail.host=x", "mail.pageUrl=todo.example.com", "push.subject=me", "channels.services=1,mail.enabled=perhaps"],
)
def test_what_is_no_value_is_refused(words: str) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        render("--set", words)
