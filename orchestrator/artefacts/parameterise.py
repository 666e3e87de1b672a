"""From a checked plain manifest to a chart template: its facts become values, by code and never by a model."""

import copy
import itertools
import json
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

from orchestrator.artefacts.render import as_yaml
from orchestrator.contracts import ConfigMapFacts, Contract, DeploymentFacts, Facts, ServiceFacts

_INLINE = re.compile(r"HELM-(\d+)-INLINE")
_BLOCK = re.compile(r"^( *)(?:- )?HELM-(\d+)-BLOCK:.*$", re.MULTILINE)


def template(text: str, contract: Contract) -> str:
    """The Helm template of the manifest in `text`, which its gate has accepted."""
    document = copy.deepcopy(YAML(typ="safe", pure=True).load(text))
    marks = _Marks()
    placed = _parameterised(document, contract.facts, marks)
    return f"{{{{- /* {contract.task}: written by `./todo deploy` from {contract.source} */ -}}}}\n" + marks.fill(
        as_yaml(placed)
    )


class _Marks:
    """Helm's expressions held back by marks while YAML is written: braces are YAML too."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._numbers = itertools.count()

    def inline(self, expression: str) -> str:
        """A mark for a scalar."""
        return f"HELM-{self._keep(expression)}-INLINE"

    def block(self, lines: str) -> dict[str, None]:
        """A mark for whole lines in a mapping, or instead of an item of a list.

        `NN` in them becomes their own indentation, for `nindent`; `NM` becomes two more.
        """
        return {f"HELM-{self._keep(lines)}-BLOCK": None}

    def fill(self, text: str) -> str:
        """Put the expressions in."""
        text = _BLOCK.sub(lambda match: self._lines(match[1], self._texts[match[2]]), text)
        return _INLINE.sub(lambda match: self._texts[match[1]], text)

    def _keep(self, text: str) -> str:
        number = str(next(self._numbers))
        self._texts[number] = text
        return number

    def _lines(self, indent: str, block: str) -> str:
        depths = {"NN": str(len(indent)), "NM": str(len(indent) + 2)}
        return "\n".join(
            indent + re.sub(r"\bN[NM]\b", lambda match: depths[match[0]], line) for line in block.splitlines()
        )


def _parameterised(document: dict[str, Any], facts: Facts, marks: _Marks) -> dict[str, Any]:
    if isinstance(facts, DeploymentFacts):
        _labelled(document, facts.component, marks)
        document["spec"] = _deployment(document["spec"], facts, marks)
    elif isinstance(facts, ServiceFacts):
        _labelled(document, facts.component, marks)
        _service(document, facts, marks)
    elif isinstance(facts, ConfigMapFacts):
        _labelled(document, facts.component, marks)
        document["metadata"]["name"] = marks.inline("{{ .Values.configmap.frontendConfigName }}")
        document["data"] = {name: _backend_port(value, marks) for name, value in document["data"].items()}
    return document


def _labelled(document: dict[str, Any], component: str, marks: _Marks) -> None:
    labels = {"app": document["metadata"]["labels"]["app"]}
    document["metadata"]["labels"] = {**labels, **_recommended(component, marks)}


def _recommended(component: str, marks: _Marks) -> dict[str, None]:
    return marks.block(f'{{{{- include "todo-app.labels" (list . "{component}") | nindent NN }}}}')


def _backend_port(value: str, marks: _Marks) -> str:
    """The address of the backend follows `backend.port`."""
    address, _, port = value.rpartition(":")
    return marks.inline(f'"{address}:{{{{ .Values.backend.port }}}}"') if port.isdigit() else value


def _service(document: dict[str, Any], facts: ServiceFacts, marks: _Marks) -> None:
    part, spec = f".Values.{facts.component}", document["spec"]
    document["metadata"].update(marks.block(_SERVICE_ANNOTATIONS.replace("PART", part)))
    port, value = spec["ports"][0], marks.inline(f"{{{{ {part}.port }}}}")
    port.update(port=value, targetPort=value)
    if facts.node_port is not None:
        del port["nodePort"]
        port.update(marks.block(_NODE_PORT.replace("PART", part)))
        document["spec"] = {**marks.block(_SERVICE_TYPE.replace("PART", part)), **spec}
        del document["spec"]["type"]


def _deployment(spec: dict[str, Any], facts: DeploymentFacts, marks: _Marks) -> dict[str, Any]:
    part, pod = facts.component, spec["template"]["spec"]
    pod["containers"] = [_container(pod["containers"][0], facts, marks)]
    if part == "backend":
        pod["volumes"].append(marks.block(_AUTHORITY_VOLUME))
    labels = dict(facts.labels)
    return {
        **marks.block(_REPLICAS.replace("PART", part)),
        "revisionHistoryLimit": 5,
        # No pod leaves before its successor is ready: an upgrade drops no request.
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
        "selector": {"matchLabels": labels},
        "template": {
            "metadata": {
                "labels": {**labels, **_recommended(part, marks)},
                "annotations": {
                    _CHECKSUMS[part][0]: marks.inline(_CHECKSUMS[part][1]),
                    **marks.block(_POD_ANNOTATIONS.replace("PART", part)),
                },
            },
            "spec": {
                **pod,
                "topologySpreadConstraints": [_spread(labels)],
                **marks.block(_PLACEMENT.replace("PART", part)),
            },
        },
    }


# With an autoscaler the number of pods is the autoscaler's to say.
_REPLICAS = """\
{{- if not .Values.autoscaling.enabled }}
replicas: {{ .Values.PART.replicas }}
{{- end }}"""
# What a cloud asks for, and a laptop does not: absent until its value is set.
_PLACEMENT = """\
{{- with include "todo-app.placement" (list . "PART") }}
{{- . | nindent NN }}
{{- end }}"""
_POD_ANNOTATIONS = """\
{{- with .Values.PART.podAnnotations }}
{{- toYaml . | nindent NN }}
{{- end }}"""
_SERVICE_ANNOTATIONS = """\
{{- with (PART.service).annotations }}
annotations:
  {{- toYaml . | nindent NM }}
{{- end }}"""
_SERVICE_TYPE = """\
{{- with (PART.service).type }}
type: {{ . }}
{{- else }}
type: NodePort
{{- end }}"""
_NODE_PORT = """\
{{- if eq ((PART.service).type | default "NodePort") "NodePort" }}
nodePort: {{ PART.nodePort }}
{{- end }}"""
_STARTUP_PROBE = """\
{{- with PART.startupProbe }}
startupProbe:
  httpGet:
    path: {{ .path }}
    port: {{ $PART.port }}
  periodSeconds: {{ .periodSeconds }}
  failureThreshold: {{ .failureThreshold }}
{{- end }}"""
_BACKEND_ENV = """\
{{- with include "todo-app.backendEnv" . }}
env:
  {{- . | nindent NM }}
{{- end }}"""
_FRONTEND_ENV = """\
{{- with .Values.frontend.extraEnv }}
{{- toYaml . | nindent NN }}
{{- end }}"""
_AUTHORITY_VOLUME = """\
{{- if .Values.databaseTls.enabled }}
- name: database-ca
  secret:
    secretName: {{ .Values.databaseTls.secretName }}
    items:
      - key: {{ .Values.databaseTls.key }}
        path: ca.crt
{{- end }}"""
_AUTHORITY_MOUNT = """\
{{- if .Values.databaseTls.enabled }}
- name: database-ca
  mountPath: /etc/todo/database
  readOnly: true
{{- end }}"""
_CHECKSUMS = {
    "backend": ("checksum/secret", "{{ .Values.secrets.checksum | quote }}"),
    "frontend": ("checksum/config", '{{ include (print $.Template.BasePath "/configmap.yaml") . | sha256sum }}'),
}


def _spread(labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "maxSkew": 1,
        "topologyKey": "kubernetes.io/hostname",
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": dict(labels)},
    }


def _container(container: dict[str, Any], facts: DeploymentFacts, marks: _Marks) -> dict[str, Any]:
    part = f".Values.{facts.component}"
    port = marks.inline(f"{{{{ {part}.port }}}}")
    container["image"] = marks.inline(f'"{{{{ {part}.image }}}}:{{{{ {part}.tag }}}}"')
    container["imagePullPolicy"] = marks.inline("{{ .Values.imagePullPolicy }}")
    container["ports"][0]["containerPort"] = port
    container["envFrom"] = _env_from(facts, marks)
    container["resources"] = marks.block(f"{{{{- toYaml {part}.resources | nindent NN }}}}")
    for probe in ("livenessProbe", "readinessProbe"):
        container[probe] = _probe(container[probe], f"{part}.{probe}", port, marks)
    container.update(marks.block(_STARTUP_PROBE.replace("PART", part)))
    if facts.component == "backend":
        container["volumeMounts"].append(marks.block(_AUTHORITY_MOUNT))
    return _listening(container, facts.component, marks)


def _listening(container: dict[str, Any], component: str, marks: _Marks) -> dict[str, Any]:
    """Make the program listen on the port that the values name: the page by PORT, uvicorn by its argument."""
    if component == "frontend":
        port = {"name": "PORT", "value": marks.inline("{{ .Values.frontend.port | quote }}")}
        return {**container, "env": [port, marks.block(_FRONTEND_ENV)]}
    words = ["uvicorn", "backend.main:app", "--host", "0.0.0.0", "--port"]  # noqa: S104 - a pod's own address
    listed = ", ".join(json.dumps(word) for word in words)
    args = marks.inline(f"[{listed}, {{{{ .Values.backend.port | quote }}}}]")
    return {**container, "args": args, **marks.block(_BACKEND_ENV)}


def _env_from(facts: DeploymentFacts, marks: _Marks) -> list[dict[str, Any]]:
    names = {"secretRef": ".Values.secrets.backendSecretName", "configMapRef": ".Values.configmap.frontendConfigName"}
    return [{source: {"name": marks.inline(f"{{{{ {names[source]} }}}}")}} for source in facts.env_from]


def _probe(probe: dict[str, Any], values: str, port: str, marks: _Marks) -> dict[str, Any]:
    return {
        **probe,
        "httpGet": {**probe["httpGet"], "path": marks.inline(f"{{{{ {values}.path }}}}"), "port": port},
        "initialDelaySeconds": marks.inline(f"{{{{ {values}.initialDelaySeconds }}}}"),
        "periodSeconds": marks.inline(f"{{{{ {values}.periodSeconds }}}}"),
    }
