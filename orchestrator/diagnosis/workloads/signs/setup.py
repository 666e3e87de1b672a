"""What a pod refers to and is not there, and what keeps its container from being made: keys, mounts, users, images."""

import re
from collections.abc import Iterator

from orchestrator.diagnosis.facts import Sign
from orchestrator.diagnosis.signs.configuration import references
from orchestrator.diagnosis.workloads.look import Container, containers, current, kubectl, ref, sign
from orchestrator.diagnosis.workloads.store import Store, namespace_of, times, words
from orchestrator.release.snapshot import Object, is_ready, name_of

_KINDS = {"secret": ("Secret", "SecretMissing"), "configmap": ("ConfigMap", "ConfigMapMissing")}
_MISSING = re.compile(r'(secret|configmap) (?:object )?"(?:[^"/]+/)?([^"]+)" not (?:found|registered)', re.IGNORECASE)
_KEY = re.compile(r"couldn't find key (\S+) in (Secret|ConfigMap) (?:[^/\s]+/)?(\S+)", re.IGNORECASE)
_NO_KEY = re.compile(r"references non-existent (?:secret|config) key: (\S+)", re.IGNORECASE)
_ROOT = re.compile(r"runAsNonRoot", re.IGNORECASE)
_NO_COMMAND = re.compile(
    r'executable file not found|no such file or directory: unknown|exec: "[^"]+": (stat|permission)|'
    r"is a directory: unknown|no command specified",
    re.IGNORECASE,
)
_CONFINED = re.compile(r"apparmor|seccomp|selinux|nvidia-container|cgroup|prestart hook", re.IGNORECASE)
_PLATFORM = re.compile(r"exec format error|no matching manifest for|no match for platform", re.IGNORECASE)
_MOUNT_EVENTS = ("FailedMount", "FailedAttachVolume", "FailedMapVolume")
_DRIVER = re.compile(r"driver name (\S+) not found in the list of registered CSI drivers|"
                     r"CSINode \S+ does not contain driver (\S+)")  # fmt: skip
_NAMED_IMAGE = re.compile(r'image "([^"]+)"')
_IMAGE = (
    ("ImagePlatform", _PLATFORM),
    (
        "ImageCredentials",
        re.compile(
            r"incorrect username or password|invalid (username|credential)|bad credentials|401 Unauthorized|"
            r"(token|credential)s? (has |have )?expired|no basic auth credentials",
            re.IGNORECASE,
        ),
    ),
    ("RegistryLimit", re.compile(r"toomanyrequests|rate limit", re.IGNORECASE)),
    ("RegistryUntrusted", re.compile(r"x509|gave HTTP response|certificate", re.IGNORECASE)),
    (
        "RegistryUnreachable",
        re.compile(
            r"no such host|i/o timeout|connection refused|server misbehaving|TLS handshake|temporary "
            r"failure in name|"
            r"network is unreachable|deadline exceeded|no route to host",
            re.IGNORECASE,
        ),
    ),
    (
        "ImageNotFound",
        re.compile(
            r"manifest unknown|manifest for \S+ not found|repository does not exist|name unknown|failed to "
            r"resolve reference"
            r".*: not found|: not found|not found: manifest",
            re.IGNORECASE,
        ),
    ),
    (
        "ImageCredentials",
        re.compile(
            r"unauthorized|authentication required|authorization failed|denied|no basic auth|403 forbidden|401", re.I
        ),
    ),
)
_WAITS = {
    "ErrImageNeverPull": "ErrImageNeverPull",
    "InvalidImageName": "InvalidImageName",
    "ImageInspectError": "ImageUnusable",
}
_PULL_EVENTS = ("Failed", "ErrImagePull", "FailedToPullImage")
_PULLS = ("ImagePullBackOff", "ErrImagePull", "RegistryUnavailable")
_STARTS = ("RunContainerError", "CreateContainerError", "ContainerCannotRun", "StartError", "CrashLoopBackOff")


def signs(store: Store) -> Iterator[Sign]:
    """Every sign of this kind."""
    for pod in current(store):
        if is_ready(pod):
            continue
        yield from _absent(store, pod)
        yield from _mounts(store, pod)
        for one in containers(pod):
            yield from _container(store, pod, one)


def _absent(store: Store, pod: Object) -> Iterator[Sign]:
    """Secrets, ConfigMaps and keys that are not there, where their kinds were captured whole."""
    space = namespace_of(pod)
    for word, name, key in references(pod) if pod["spec"].get("containers") else ():
        kind, code = _KINDS[word]
        found = store.get(kind, space, name)
        if found is None and kind in store.listed and len(store.of(kind, space)):
            yield _lacking(
                store, pod, code, f"{word}/{name}", message=f"the {word} {name} does not exist", value="absent"
            )
        elif found is not None and key and key not in _keys(found):
            keys = ", ".join(sorted(_keys(found))) or "no keys"
            yield _lacking(store, pod, "KeyMissing", f"{word}/{name}", message=f"it has no key {key}", value=keys)


def _keys(item: Object) -> set[str]:
    return {key for field in ("data", "stringData", "binaryData") for key in item.get(field) or {}}


def _lacking(store: Store, pod: Object, code: str, subject: str, *, message: str, value: str) -> Sign:
    word, name = subject.split("/", 1)
    made = f"create secret generic {name}" if word == "secret" else f"create {word} {name}"
    key = message.rsplit(" ", 1)[-1] if code == "KeyMissing" else "KEY"
    fix = (
        f"Add the key: kubectl edit {subject}, key {key}"
        if code == "KeyMissing"
        else (f"Make it: {kubectl(namespace_of(pod), made)} --from-literal KEY=VALUE, or mend the name in the pod")
    )
    return sign(store, code, pod, message, (subject, value), fix=fix, subject=subject)


def _from_words(store: Store, pod: Object, message: str, path: str) -> Sign | None:
    if found := _MISSING.search(message):
        word = found.group(1).lower()
        told = f"the {word} {found.group(2)} does not exist"
        return _lacking(store, pod, _KINDS[word][1], f"{word}/{found.group(2)}", message=told, value=message)
    if found := _KEY.search(message):
        return _lacking(
            store,
            pod,
            "KeyMissing",
            f"{found.group(2).lower()}/{found.group(3)}",
            message=f"it has no key {found.group(1)}",
            value=message,
        )
    if found := _NO_KEY.search(message):
        told = f"a volume wants the key {found.group(1)}, which is not there"
        return sign(store, "KeyMissing", pod, told, (path, message), subject=_source_of(pod, message))
    return None


def _source_of(pod: Object, message: str) -> str:
    """The Secret or ConfigMap of the volume that a mount's message names; empty if the pod's volumes do not tell."""
    for volume in pod["spec"].get("volumes") or []:
        if f'volume "{volume.get("name")}"' in message:
            if name := (volume.get("secret") or {}).get("secretName"):
                return f"secret/{name}"
            if name := (volume.get("configMap") or {}).get("name"):
                return f"configmap/{name}"
    return ""


def _mounts(store: Store, pod: Object) -> Iterator[Sign]:
    """Mounting is done before any container starts, so a container that started makes these events old."""
    if any(one.running is not None or one.ended or one.restarts for one in containers(pod)):
        return
    for event in store.events_of(pod):
        reason, message = str(event.get("reason")), words(event)
        path = f"event {reason} of {ref(pod)}"
        if reason in _MOUNT_EVENTS:
            code = "VolumeBusy" if "Multi-Attach" in message else "MountFailed"
            code = "DriverMissing" if _DRIVER.search(message) else code
            if message.startswith(("Unable to attach or mount", "Unable to mount")):
                continue  # says only that it waits: another event says for what
            yield _from_words(store, pod, message, path) or sign(store, code, pod, message, (path, message))
        elif reason == "FailedCreatePodSandBox" and (times(event) > 1 or pod.get("thin")):  # a table counts nothing
            yield sign(store, "SandboxFailed", pod, message, (path, message))


def _container(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    reason, message = str(one.waiting.get("reason") or ""), str(one.waiting.get("message") or _error(store, pod, one))
    if reason == "CreateContainerConfigError":
        place = f"{one.path}.state.waiting.message", message
        if _ROOT.search(message):
            yield sign(store, "RunsAsRoot", pod, f"{one.name}: {message}", place)
        else:
            code = "MountFailed" if "subPath" in message else "ConfigError"
            yield _from_words(store, pod, message, place[0]) or sign(store, code, pod, message, place)
    elif reason in _WAITS:
        image = str(one.spec.get("image"))
        place = f"{one.path}.state.waiting.reason", f"{reason}: {image}"
        yield sign(store, _WAITS[reason], pod, f"{image}: {message or reason}", place)
    elif reason in _PULLS:
        yield _pull(store, pod, one)
    elif reason in _STARTS or one.ended.get("reason") in _STARTS:
        yield from _start(store, pod, one)


def _error(store: Store, pod: Object, one: Container) -> str:
    """What the kubelet's event says of why a container is not made, where a table or describe tells only that."""
    said = [words(event) for event in store.events_of(pod) if event.get("reason") == "Failed"]
    told = [text.removeprefix("Error: ") for text in said if text.startswith("Error: ") and " " in text[7:].strip()]
    return told[-1] if told and one.waiting else ""


def _pull(store: Store, pod: Object, one: Container) -> Sign:
    """Why the image is not there: the kubelet's event says it at length."""
    events = [
        one for one in store.events_of(pod) if one.get("reason") in ("Failed", "ErrImagePull", "FailedToPullImage")
    ]
    image = str(one.spec.get("image") or one.status.get("image") or _image_in(events))
    said = [words(event) for event in events if image.rsplit(":", 1)[0] in words(event)]
    text = max([*said, str(one.waiting.get("message") or "")], key=len)
    if "no space left on device" in text:
        return _full_node(store, pod, image, text)
    code = next((code for code, pattern in _IMAGE if pattern.search(text)), "ImagePullFailed")
    place = f"{one.path}.state.waiting", text or str(one.waiting.get("reason"))
    sure = code == "ImageNotFound" or bool(_IMAGE[1][1].search(text))
    if sure or ("insufficient_scope" not in text and "may require" not in text):
        return sign(
            store, code, pod, f"{image}: {text}", (f"{one.path}.image", image), place, fix=_pull_fix(store, pod, code)
        )
    named = pod["spec"].get("imagePullSecrets") or []
    return sign(
        store,
        "ImageCredentials" if named else "ImageNotFound",
        pod,
        f"{image}: {text}",
        place,
        certainty="possible",
        rival="the registry answers alike for an image that is not there and one that may not be pulled",
        fix="Mend the image's name; if it is private, name a pull secret in imagePullSecrets",
    )


def _image_in(events: list[Object]) -> str:
    """The image that events name, where a table tells none."""
    named = [found.group(1) for event in events if (found := _NAMED_IMAGE.search(words(event)))]
    return named[-1] if named else "its image"


def _full_node(store: Store, pod: Object, image: str, text: str) -> Sign:
    """The image is there, and the node's disk takes no more layers."""
    node = str(pod["spec"].get("nodeName") or "NODE")
    fix = f"On the node {node}: crictl rmi --prune; df -h shows what fills the disk"
    place = f"event Failed of {ref(pod)}", text
    told = f"no room on its disk for {image}: {text}"
    return sign(store, "NodePressure", pod, told, place, part="", subject=f"node/{node}", fix=fix)


def _pull_fix(store: Store, pod: Object, code: str) -> str:
    named = [str(one.get("name")) for one in pod["spec"].get("imagePullSecrets") or []]
    gone = [name for name in named if store.lacks("Secret", namespace_of(pod), name)]
    if code == "ImageCredentials" and gone:
        command = f"create secret docker-registry {gone[0]} --docker-server SERVER --docker-username USER"
        make = f"{kubectl(namespace_of(pod), command)} --docker-password PASSWORD"
        return f"The pull secret {gone[0]} does not exist.\n{make}"
    return ""


def _start(store: Store, pod: Object, one: Container) -> Iterator[Sign]:
    waits = str(one.waiting.get("message") or _error(store, pod, one))
    message = " ".join(filter(None, (str(one.ended.get("message") or ""), waits)))
    never = one.waiting.get("reason") in _STARTS[:2] or one.ended.get("reason") in ("ContainerCannotRun", "StartError")
    place = f"{one.path}.state", message
    if _PLATFORM.search(message) or _PLATFORM.search(store.last_words(pod, one.name)):
        nodes = [node for node in store.of("Node") if name_of(node) == pod["spec"].get("nodeName")]
        arch = str((nodes[0].get("status", {}).get("nodeInfo") or {}).get("architecture", "")) if nodes else ""
        told = f"{one.spec.get('image')} is not for the node's architecture{' ' + arch if arch else ''}"
        yield sign(store, "ImagePlatform", pod, told, place, log=store.last_words(pod, one.name))
    elif never and re.search(r"OOM|memory limit|minimum memory|signal: killed", message) and one.limit("memory"):
        yield sign(store, "OOMKilled", pod, f"{one.name} gets too little memory to start: {one.limit('memory')}", place)
    elif never and _NO_COMMAND.search(message) and not _CONFINED.search(message):
        command = " ".join(str(word) for word in one.spec.get("command") or one.spec.get("args") or [])
        yield sign(store, "CommandMissing", pod, f"{one.name} cannot run {command or 'its command'}: {message}", place)
    elif never:
        yield sign(store, "CannotStart", pod, f"{one.name}: {message}", place)
