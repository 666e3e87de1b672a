"""`kubectl describe` of a shop's pods, Services and nodes, printed from their objects."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tests.orchestrator.diagnosis.workloads.shop import NOW, Object


def age(text: str | None) -> str:
    """How long ago a moment was, as kubectl writes it."""
    seconds = int((NOW - datetime.fromisoformat(str(text).replace("Z", "+00:00"))).total_seconds()) if text else 0
    return f"{seconds // 3600}h" if seconds >= 7200 else f"{seconds // 60}m" if seconds >= 120 else f"{seconds}s"


def described(one: Object, events: list[Object]) -> str:
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
        f"Status:           Terminating (lasts {age(gone)})"
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
            seen = age(event.get("lastTimestamp")) + (f" (x{count} over 30m)" if count > 1 else "")
            said = str(event.get("message")).replace("\n", " ")
            yield f"  {event.get('type') or 'Warning'}  {event['reason']}  {seen}  kubelet  {said}"


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
