"""A shop as people paste it: tables of `kubectl get`, `kubectl describe` of what is not well, events, and its logs.

Printed from the same objects as the files of JSON, so that a fault is told in both forms.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.orchestrator.diagnosis.workloads.shop import NOW, Object, at

_NAMES = (("-abc12-x", "-7d9c5b8f6-xk2zq"), ("-abc12", "-7d9c5b8f6"))  # as kubectl's controllers name them
_MODES = {"ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX"}


def named(text: str) -> str:
    """The text with names as controllers make them."""
    for old, new in _NAMES:
        text = text.replace(old, new)
    return text


def printed(objects: list[Object], events: list[Object], folder: Path) -> None:
    """One text file for each command that somebody would have run."""
    of: dict[str, list[Object]] = {}
    for one in objects:
        of.setdefault(one["kind"], []).append(one)
    for kind, (file, head, row) in _TABLES.items():
        rows = [row(one) for one in of.get(kind, [])]
        if rows:
            (folder / f"{file}.txt").write_text(_table(["NAMESPACE", *head], rows))
    events = [*events, *(said for one in objects for said in _implied(one))]
    told = [_event(one) for one in events]
    if told:
        head = ["NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]
        (folder / "events.txt").write_text(_table(head, told))
    texts = [text for one in objects if (text := _described(one, events))]
    (folder / "describe.txt").write_text(named("\n\n\n".join(texts)))


def _implied(one: Object) -> Iterator[Object]:
    """The events that a cluster has beside what an object's conditions and states say."""
    about = {"kind": one["kind"], "namespace": one["metadata"].get("namespace"), "name": one["metadata"]["name"]}
    event = {"type": "Warning", "involvedObject": about, "metadata": {}, "lastTimestamp": at(20), "count": 5}
    for each in (one.get("status") or {}).get("conditions") or []:
        reason = {"ReplicaFailure": "FailedCreate", "PodScheduled": "FailedScheduling"}.get(each["type"])
        failed = each["status"] == ("True" if each["type"] == "ReplicaFailure" else "False")
        if reason and failed and each.get("message"):
            yield {**event, "reason": reason, "message": each["message"]}
    for each in (one.get("status") or {}).get("containerStatuses") or []:
        waiting = (each.get("state") or {}).get("waiting") or {}
        if waiting.get("message") and waiting.get("reason") in ("CreateContainerConfigError", "RunContainerError"):
            yield {**event, "reason": "Failed", "message": f"Error: {waiting['message']}"}


def _table(head: list[str], rows: list[list[str]]) -> str:
    rows = [[named(str(cell)) for cell in row] for row in rows]
    wide = [max(len(str(line[place])) for line in [head, *rows]) for place in range(len(head))]
    return "".join("   ".join(str(cell).ljust(size) for cell, size in zip(line, wide, strict=True)).rstrip() + "\n"
                   for line in [head, *rows])  # fmt: skip


def _age(text: str | None) -> str:
    seconds = int((NOW - datetime.fromisoformat(str(text).replace("Z", "+00:00"))).total_seconds()) if text else 0
    return f"{seconds // 3600}h" if seconds >= 7200 else f"{seconds // 60}m" if seconds >= 120 else f"{seconds}s"


def _meta(one: Object) -> tuple[str, str, str]:
    about = one["metadata"]
    return str(about.get("namespace") or ""), str(about["name"]), _age(about.get("creationTimestamp"))


def _status_word(pod: Object) -> str:
    status = pod.get("status") or {}
    word = str(status.get("reason") or status.get("phase") or "Pending")
    for one in status.get("initContainerStatuses") or []:
        state = one.get("state") or {}
        if "running" in state:
            return "Init:0/1"
        if "waiting" in state and state["waiting"].get("reason") not in (None, "PodInitializing"):
            return f"Init:{state['waiting']['reason']}"
        if state.get("terminated", {}).get("exitCode"):
            return "Init:Error"
    for one in status.get("containerStatuses") or []:
        state = one.get("state") or {}
        if reason := (state.get("waiting") or {}).get("reason") or (state.get("terminated") or {}).get("reason"):
            word = str(reason)
    if (pod.get("spec") or {}).get("schedulingGates"):
        return "SchedulingGated"
    return "Terminating" if pod["metadata"].get("deletionTimestamp") else word


def _is(one: Object, kind: str) -> bool:
    told = (one.get("status") or {}).get("conditions") or []
    return any(each["type"] == kind and each["status"] == "True" for each in told)


def _pod(one: Object) -> list[str]:
    space, name, age = _meta(one)
    statuses = (one.get("status") or {}).get("containerStatuses") or []
    every = (one.get("spec") or {}).get("containers") or [{}]
    restarts = sum(int(each.get("restartCount") or 0) for each in statuses)
    ended = [
        end for each in statuses if (end := ((each.get("lastState") or {}).get("terminated") or {}).get("finishedAt"))
    ]
    told = f"{restarts} ({_age(max(ended))} ago)" if restarts and ended else str(restarts)
    well = any(
        each["type"] == "Ready" and each["status"] == "True"
        for each in (one.get("status") or {}).get("conditions") or []
    )
    ready = sum(bool(each.get("ready")) for each in statuses) if statuses or not well else len(every)
    spec, status = one.get("spec") or {}, one.get("status") or {}
    return [space, name, f"{ready}/{len(every)}", _status_word(one), told, age, str(status.get("podIP") or "<none>"),
            str(spec.get("nodeName") or "<none>")]  # fmt: skip


def _deployment(one: Object) -> list[str]:
    space, name, age = _meta(one)
    status = one.get("status") or {}
    ready, wanted = status.get("readyReplicas") or 0, one["spec"].get("replicas", 1)
    return [space, name, f"{ready}/{wanted}", str(status.get("updatedReplicas") or 0), str(ready), age]


def _stateful(one: Object) -> list[str]:
    space, name, age = _meta(one)
    return [space, name, f"{(one.get('status') or {}).get('readyReplicas') or 0}/{one['spec'].get('replicas', 1)}", age]


def _service(one: Object) -> list[str]:
    space, name, age = _meta(one)
    spec = one["spec"]
    ports = ",".join(f"{port['port']}/{port.get('protocol', 'TCP')}" for port in spec.get("ports") or []) or "<none>"
    told = ",".join(f"{key}={value}" for key, value in (spec.get("selector") or {}).items()) or "<none>"
    return [space, name, spec.get("type", "ClusterIP"), spec.get("clusterIP") or "None", "<none>", ports, age, told]


def _endpoints(one: Object) -> list[str]:
    space, name, age = _meta(one)
    found = [
        f"{address['ip']}:{(subset.get('ports') or [{'port': 80}])[0].get('port')}"
        for subset in one.get("subsets") or []
        for address in subset.get("addresses") or []
    ]
    return [space, name, ",".join(found) or "<none>", age]


def _node(one: Object) -> list[str]:
    _, name, age = _meta(one)
    ready = next((each for each in one["status"]["conditions"] if each["type"] == "Ready"), {"status": "True"})
    word = "Ready" if ready["status"] == "True" else "NotReady"
    return [
        "",
        name,
        word + (",SchedulingDisabled" if one["spec"].get("unschedulable") else ""),
        "<none>",
        age,
        "v1.31.0",
    ]


def _claim(one: Object) -> list[str]:
    space, name, age = _meta(one)
    spec = one["spec"]
    bound = (one.get("status") or {}).get("phase") == "Bound"
    modes = ",".join(_MODES.get(mode, mode) for mode in spec.get("accessModes") or []) if bound else ""
    return [space, name, (one.get("status") or {}).get("phase", "Pending"), spec.get("volumeName") or "",
            "1Gi" if bound else "", modes, spec.get("storageClassName") or "", age]  # fmt: skip


def _volume(one: Object) -> list[str]:
    _, name, age = _meta(one)
    spec, held = one["spec"], one["spec"].get("claimRef") or {}
    modes = ",".join(_MODES.get(mode, mode) for mode in spec.get("accessModes") or [])
    return ["", name, str((spec.get("capacity") or {}).get("storage")), modes, "Retain",
            (one.get("status") or {}).get("phase", "Available"), f"{held['namespace']}/{held['name']}" if held else "",
            spec.get("storageClassName") or "", age]  # fmt: skip


def _event(one: Object) -> list[str]:
    about = one.get("involvedObject") or {}
    space = str(about.get("namespace") or one["metadata"].get("namespace") or "default")
    goal, said = f"{str(about.get('kind')).lower()}/{about.get('name')}", str(one.get("message")).replace("\n", " ")
    return [
        space,
        _age(one.get("lastTimestamp")),
        str(one.get("type") or "Warning"),
        str(one.get("reason")),
        goal,
        said,
    ]


_TABLES: dict[str, tuple[str, list[str], Any]] = {
    "Pod": ("pods", ["NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE"], _pod),
    "Deployment": ("deployments", ["NAME", "READY", "UP-TO-DATE", "AVAILABLE", "AGE"], _deployment),
    "StatefulSet": ("statefulsets", ["NAME", "READY", "AGE"], _stateful),
    "Service": ("services", ["NAME", "TYPE", "CLUSTER-IP", "EXTERNAL-IP", "PORT(S)", "AGE", "SELECTOR"], _service),
    "Endpoints": ("endpoints", ["NAME", "ENDPOINTS", "AGE"], _endpoints),
    "Node": ("nodes", ["NAME", "STATUS", "ROLES", "AGE", "VERSION"], _node),
    "PersistentVolumeClaim": (
        "pvc", ["NAME", "STATUS", "VOLUME", "CAPACITY", "ACCESS MODES", "STORAGECLASS", "AGE"], _claim),
    "PersistentVolume": (
        "pv", ["NAME", "CAPACITY", "ACCESS MODES", "RECLAIM POLICY", "STATUS", "CLAIM", "STORAGECLASS", "AGE"],
        _volume),
}  # fmt: skip


def _described(one: Object, events: list[Object]) -> str:
    """Of every pod and Service that is not the cluster's, and of nodes."""
    kind = one["kind"]
    if kind == "Pod" and one["metadata"].get("namespace") != "kube-system":
        return "\n".join(_of_pod(one, events))
    if kind == "Service" and one["metadata"].get("namespace") != "kube-system":
        return "\n".join(_of_service(one))
    return "\n".join(_of_node(one)) if kind == "Node" else ""


def _head(one: Object) -> Iterator[str]:
    about = one["metadata"]
    labels = [f"{key}={value}" for key, value in (about.get("labels") or {}).items()] or ["<none>"]
    yield f"Name:             {about['name']}"
    yield from [f"Namespace:        {about['namespace']}"] if about.get("namespace") else []
    yield f"Labels:           {labels[0]}"
    yield from (f"                  {label}" for label in labels[1:])


def _of_pod(one: Object, events: list[Object]) -> Iterator[str]:
    spec, status = one.get("spec") or {}, one.get("status") or {}
    yield from _head(one)
    yield f"Node:             {spec['nodeName']}/10.0.0.4" if spec.get("nodeName") else "Node:             <none>"
    yield f"Start Time:       {_long(status.get('startTime') or one['metadata'].get('creationTimestamp'))}"
    gone = one["metadata"].get("deletionTimestamp")
    yield (
        f"Status:           Terminating (lasts {_age(gone)})"
        if gone
        else f"Status:           {status.get('phase', 'Pending')}"
    )
    yield from [f"Reason:           {status['reason']}"] if status.get("reason") else []
    yield from [f"Message:          {status['message']}"] if status.get("message") else []
    yield from [f"IP:               {status['podIP']}"] if status.get("podIP") else []
    for owner in (one["metadata"].get("ownerReferences") or [])[:1]:
        yield f"Controlled By:  {owner['kind']}/{owner['name']}"
    for title, key, told in (("Init Containers", "initContainers", "initContainerStatuses"),
                             ("Containers", "containers", "containerStatuses")):  # fmt: skip
        statuses = {each["name"]: each for each in status.get(told) or []}
        yield from [f"{title}:"] if spec.get(key) else []
        for container in spec.get(key) or []:
            yield from _of_container(container, statuses.get(container["name"], {}))
    yield "Conditions:\n  Type              Status"
    yield from (f"  {each['type']:<18}{each['status']}" for each in status.get("conditions") or [])
    yield "Volumes:"
    for volume in spec.get("volumes") or []:
        yield from _of_volume(volume)
    selector = ",".join(f"{key}={value}" for key, value in (spec.get("nodeSelector") or {}).items()) or "<none>"
    yield f"Node-Selectors:  {selector}"
    yield "Events:\n  Type     Reason     Age   From     Message\n  ----     ------     ----  ----     -------"
    for event in events:
        about = event.get("involvedObject") or {}
        if (about.get("kind"), about.get("name")) == ("Pod", one["metadata"]["name"]):
            count = int(event.get("count") or 1)
            age = _age(event.get("lastTimestamp")) + (f" (x{count} over 30m)" if count > 1 else "")
            said = str(event.get("message")).replace("\n", " ")
            yield f"  {event.get('type') or 'Warning'}  {event['reason']}  {age}  kubelet  {said}"


def _long(text: str | None) -> str:
    return (
        datetime.fromisoformat(str(text).replace("Z", "+00:00")).strftime("%a, %d %b %Y %H:%M:%S +0000") if text else ""
    )


def _of_container(container: Object, status: Object) -> Iterator[str]:
    yield f"  {container['name']}:"
    yield f"    Image:          {container.get('image', '')}"
    ports = ", ".join(f"{port['containerPort']}/{port.get('protocol', 'TCP')}" for port in container.get("ports") or [])
    yield f"    Port{'s' if ', ' in ports else ''}:           {ports or '<none>'}"
    for title, key in (("Command", "command"), ("Args", "args")):
        yield from [f"    {title}:"] if container.get(key) else []
        yield from (f"      {word}" for word in container.get(key) or [])
    for title, key in (("State", "state"), ("Last State", "lastState")):
        yield from _of_state(title, status.get(key) or {})
    yield f"    Ready:          {bool(status.get('ready'))}"
    yield f"    Restart Count:  {status.get('restartCount', 0)}"
    for title in ("limits", "requests"):
        told = (container.get("resources") or {}).get(title) or {}
        yield from [f"    {title.title()}:"] if told else []
        yield from (f"      {key}:  {value}" for key, value in told.items())
    for title in ("liveness", "readiness", "startup"):
        if probe := container.get(f"{title}Probe"):
            yield f"    {title.title()}:  {_probe(probe)}"
    yield "    Environment:" if container.get("env") else "    Environment:  <none>"
    for one in container.get("env") or []:
        yield f"      {one['name']}:  {_variable(one)}"


def _variable(one: Object) -> str:
    source = one.get("valueFrom") or {}
    for key, words in (("secretKeyRef", "in secret"), ("configMapKeyRef", "of config map")):
        if key in source:
            return f"<set to the key '{source[key]['key']}' {words} '{source[key]['name']}'>  Optional: false"
    return str(one.get("value", ""))


def _of_state(title: str, state: Mapping[str, Any]) -> Iterator[str]:
    for kind, told in state.items():
        yield f"    {title}:  {kind.title()}"
        for key, word in (("reason", "Reason"), ("message", "Message"), ("exitCode", "Exit Code")):
            shown = told.get(key) is not None and (key != "message" or kind != "waiting")  # why it waits, events tell
            yield from [f"      {word}:  {told[key]}"] if shown else []
        for key, word in (("startedAt", "Started"), ("finishedAt", "Finished")):
            yield from [f"      {word}:  {_long(told[key])}"] if told.get(key) else []


def _probe(probe: Mapping[str, Any]) -> str:
    times = f"delay={probe.get('initialDelaySeconds', 0)}s timeout={probe.get('timeoutSeconds', 1)}s "
    times += f"period={probe.get('periodSeconds', 10)}s #success=1 #failure={probe.get('failureThreshold', 3)}"
    if "httpGet" in probe:
        asked = probe["httpGet"]
        scheme = asked.get("scheme", "HTTP").lower()
        return f"{scheme}-get {scheme}://:{asked['port']}{asked.get('path', '/')} {times}"
    if "tcpSocket" in probe:
        return f"tcp-socket :{probe['tcpSocket']['port']} {times}"
    if "grpc" in probe:
        return f"grpc <pod>:{probe['grpc']['port']}  {times}"
    return f"exec [{' '.join((probe.get('exec') or {}).get('command') or [])}] {times}"


def _of_volume(volume: Object) -> Iterator[str]:
    yield f"  {volume['name']}:"
    if "persistentVolumeClaim" in volume:
        yield "    Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)"
        yield f"    ClaimName:  {volume['persistentVolumeClaim']['claimName']}"
    elif "secret" in volume:
        yield "    Type:        Secret (a volume populated by a Secret)"
        yield f"    SecretName:  {volume['secret'].get('secretName')}"
    elif "configMap" in volume:
        yield "    Type:      ConfigMap (a volume populated by a ConfigMap)"
        yield f"    Name:      {volume['configMap'].get('name')}"
    else:
        yield "    Type:       EmptyDir (a temporary directory that shares a pod's lifetime)"


def _of_service(one: Object) -> Iterator[str]:
    spec = one["spec"]
    yield from _head(one)
    chosen = ",".join(f"{key}={value}" for key, value in (spec.get("selector") or {}).items())
    yield f"Selector:         {chosen or '<none>'}"
    yield f"Type:             {spec.get('type', 'ClusterIP')}\nIP:               {spec.get('clusterIP') or 'None'}"
    for port in (spec.get("ports") or [])[:1]:
        yield f"Port:             {port.get('name') or '<unset>'}  {port['port']}/{port.get('protocol', 'TCP')}"
        yield f"TargetPort:       {port.get('targetPort', port['port'])}/{port.get('protocol', 'TCP')}"
    yield from [f"Internal Traffic Policy:  {spec['internalTrafficPolicy']}"] if "internalTrafficPolicy" in spec else []
    yield "Session Affinity:  None\nEvents:            <none>"


def _of_node(one: Object) -> Iterator[str]:
    yield from _head(one)
    taints = [f"{each['key']}{'=' + each['value'] if each.get('value') else ''}:{each['effect']}"
              for each in one["spec"].get("taints") or []] or ["<none>"]  # fmt: skip
    yield f"Taints:             {taints[0]}"
    yield from (f"                    {taint}" for taint in taints[1:])
    yield f"Unschedulable:      {str(bool(one['spec'].get('unschedulable'))).lower()}\nConditions:"
    yield "  Type   Status  LastHeartbeatTime   LastTransitionTime   Reason   Message"
    for each in one["status"]["conditions"]:
        beat = _long(each.get("lastHeartbeatTime")) or "Fri, 20 Nov 2026 12:00:00 +0000"
        yield (f"  {each['type']}  {each['status']}  {beat}  {beat}  {each.get('reason') or 'Told'}  "
               f"{each.get('message') or each['type']}")  # fmt: skip
    yield "Addresses:\n  InternalIP:  10.0.0.4"


AS_TEXT = frozenset({*_TABLES, "Event", "ReplicaSet"})


def pasted(shop: Any, folder: Path) -> Path:
    """The whole of a shop or a market: what tables and describe tell as text, the rest as lists of JSON, its logs."""
    objects = list(shop.objects.values())
    printed(objects, shop.events, folder)
    rest: dict[str, list[Object]] = {}
    for one in objects:
        if one["kind"] not in AS_TEXT:
            rest.setdefault(one["kind"], []).append(one)
    for kind, items in rest.items():
        (folder / f"{kind.lower()}s.json").write_text(named(json.dumps({"kind": "List", "items": items})))
    for end, logs in (("", getattr(shop, "logs", {})), ("-previous", getattr(shop, "previous", {}))):
        for (pod, name), text in logs.items():
            (folder / f"{named(pod)}_{name}{end}.log").write_text(named(text))
    for name, text in shop.texts.items():
        path = folder / named(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(named(text))
    return folder
