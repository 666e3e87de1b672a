"""The release in use: the database, answers through the frontend, DNS, Helm, autoscaling."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.diagnosis.facts import Answer, Evidence, Facts, Sign, conditions, named, part_of
from orchestrator.release.snapshot import Object, annotation

_LOGIN = re.compile(
    r"password authentication failed|no password supplied|role \S+ does not exist|pg_hba", re.IGNORECASE
)
_NAME = re.compile(
    r"name or service not known|name resolution|could not translate|resolve host|getaddrinfo", re.IGNORECASE
)
_TOLD = ("waiting for the database", "database unavailable")
_POSTGRES = "kubectl exec statefulset/todo-postgres --container postgres -- sh -c"
_OFF, _RESET = "SET default_transaction_read_only = off;", "RESET default_transaction_read_only"
_WRITABLE = (
    f"""{_POSTGRES} 'PGPASSWORD="$POSTGRES_PASSWORD" psql --user "$POSTGRES_USER" --dbname "$POSTGRES_DB" """
    "--set ON_ERROR_STOP=1 "
    f"""--command "{_OFF} ALTER DATABASE \\"$POSTGRES_DB\\" {_RESET}" """
    f"""--command "{_OFF} ALTER ROLE \\"$POSTGRES_USER\\" {_RESET}"'\n"""
    "kubectl rollout restart deployment/todo-backend\n"
    "Elsewhere: set default_transaction_read_only off, or lead DATABASE_URL to the primary (state: read_only)."
)
_CODES = {
    "read_only": ("DatabaseReadOnly", "the database answers, and takes no changes: it is read-only", _WRITABLE),
    "schema_missing": (
        "DatabaseSchema",
        "the database answers, and lacks tables that the app needs",
        "./todo deploy restore FILE --replace",
    ),
}
_CLUSTER_NAMES = '{"spec":{"template":{"spec":{"dnsPolicy":"ClusterFirst","dnsConfig":null}}}}'
_V1_CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions"


def signs(facts: Facts) -> Iterator[Sign]:
    """Every sign of this kind."""
    if facts.dns == 0:
        where = (Evidence("endpoints/kube-dns .subsets[].addresses", "none"),)
        yield Sign("DnsDown", "", "service/kube-dns", "the cluster's DNS has no ready pod", where)
    for answer in facts.answers:
        yield from _answer(answer, facts)
    for item in facts.autoscalers:
        yield from _autoscaler(item)
    yield from _helm(facts)


def _answer(answer: Answer, facts: Facts) -> Iterator[Sign]:
    if answer.status < 500:
        return
    where = (Evidence(f"GET {answer.path} of service/todo-{answer.part}", str(answer.status)),)
    if answer.part == "backend" and "trying to reach service" not in answer.words:
        line = _last_words(facts)
        if found := _said(answer):
            yield found
            return
        code = "DatabaseLogin" if _LOGIN.search(line) else "DatabaseName" if _NAME.search(line) else "DatabaseRefused"
        if code == "DatabaseName" and (names := _own_names(answer.part, facts)):
            yield names
            return
        message = line or answer.words or "the backend is up, its database is not"
        yield Sign(code, "backend", "database", message, (*where, Evidence("log of the backend", line)), log=line)
    elif names := _own_names(answer.part, facts):
        yield names
    else:
        message = f"GET {answer.path} answers {answer.status} though the pods are Ready"
        backend = any(one.part == "backend" and one.status == 200 for one in facts.answers)
        there = (Evidence("GET /ready of service/todo-backend", "200"),) if backend else ()
        fix = "kubectl rollout restart deployment/todo-frontend" if backend and answer.part == "frontend" else ""
        yield Sign("AppErrors", answer.part, f"service/todo-{answer.part}", message, (*where, *there), fix)


def _said(answer: Answer) -> Sign | None:
    """What the backend itself says that its database lacks."""
    for name, (code, message, fix) in _CODES.items():
        if f'"code":"{name}"' in answer.words.replace(" ", "").replace("\\", ""):
            where = (Evidence(f"GET {answer.path} of service/todo-backend", f"{answer.status}, {name}"),)
            return Sign(code, "backend", "database", message, where, fix)
    return None


def _own_names(part: str, facts: Facts) -> Sign | None:
    """Pods that do not ask the cluster's name server, where a name is not found."""
    for pod in facts.pods:
        policy = pod["spec"].get("dnsPolicy", "ClusterFirst")
        if part_of(pod) == part and policy in ("None", "Default"):
            servers = ", ".join((pod["spec"].get("dnsConfig") or {}).get("nameservers") or ["the node's"])
            message = f"they ask {servers} for names, not the cluster's DNS"
            where = (
                Evidence(f"{named(pod)} .spec.dnsPolicy", policy),
                Evidence(".spec.dnsConfig.nameservers", servers),
            )
            fix = f"kubectl patch deployment/todo-{part} --type merge --patch '{_CLUSTER_NAMES}'"
            return Sign("PodDns", part, f"pods of {part}", message, where, fix)
    return None


def _last_words(facts: Facts) -> str:
    """What a backend pod last logged of its database."""
    pods = {pod["metadata"]["name"] for pod in facts.pods if part_of(pod) == "backend"}
    lines = [line for (pod, _), log in facts.logs.items() if pod in pods for line in log.splitlines()]
    told = [line for line in lines if any(words in line for words in _TOLD)]
    reasons = [line for line in told if _TOLD[0] in line]
    return (reasons or told or [""])[-1].strip()


def _autoscaler(item: Object) -> Iterator[Sign]:
    old = annotation(item, _V1_CONDITIONS)
    found: Mapping[str, Mapping[str, Any]] = (
        {str(one["type"]): one for one in json.loads(old)} if old else conditions(item)
    )
    active = found.get("ScalingActive", {})
    if active.get("status") == "False" and active.get("reason") != "ScalingDisabled":
        message = str(active.get("message") or active.get("reason"))
        where = (Evidence(f"{named(item)} .status.conditions[ScalingActive].reason", str(active.get("reason"))),)
        yield Sign("NoMetrics", part_of(item), named(item), message, where)


def _helm(facts: Facts) -> Iterator[Sign]:
    if not facts.history:
        return
    last = facts.history[-1]
    where = (Evidence(f"helm history: revision {last.number} .status", last.status),)
    if last.pending:
        yield Sign("ReleasePending", "", "release todo-app", f"revision {last.number} is {last.status}", where)
    elif last.status == "failed":
        yield Sign("ReleaseFailed", "", "release todo-app", f"revision {last.number}: {last.description}", where)
