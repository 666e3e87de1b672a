"""Dockerfiles from the facts."""

from orchestrator.contracts import DockerfileFacts


def render(facts: DockerfileFacts) -> str:
    """The Dockerfile that the facts describe."""
    return {"todo-backend": _backend, "todo-frontend": _frontend}[facts.image](facts)


def _backend(facts: DockerfileFacts) -> str:
    builder, runtime = facts.stages
    user = facts.user
    return f"""\
FROM {builder.base} AS {builder.name}
COPY {facts.lock_files[0]} /tmp/requirements.txt
RUN python -m venv --without-pip /opt/venv \\
 && pip --python /opt/venv/bin/python install --no-cache-dir --require-hashes -r /tmp/requirements.txt

FROM {runtime.base} AS {runtime.name}
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN groupadd --gid {user.gid} {user.group} \\
 && useradd --uid {user.uid} --gid {user.gid} --no-create-home --shell /usr/sbin/nologin {user.name} \\
 && pip uninstall --yes pip
WORKDIR /app
COPY --from={builder.name} /opt/venv /opt/venv
COPY {facts.source} ./{facts.source}
USER {user.uid}:{user.gid}
EXPOSE {facts.port}
CMD {_exec(facts.command)}
"""


def _frontend(facts: DockerfileFacts) -> str:
    deps, builder, runner = facts.stages
    user = facts.user
    environment = " ".join(f"{name}={value}" for name, value in facts.environment.items())
    return f"""\
FROM {deps.base} AS {deps.name}
WORKDIR /app
COPY {" ".join(facts.lock_files)} ./
RUN npm ci

FROM {builder.base} AS {builder.name}
WORKDIR /app
COPY --from={deps.name} /app/node_modules ./node_modules
COPY {facts.source} ./
ENV NEXT_TELEMETRY_DISABLED=1
RUN npm run build

FROM {runner.base} AS {runner.name}
WORKDIR /app
COPY --from={builder.name} /app/.next/standalone ./
COPY --from={builder.name} /app/.next/static ./.next/static
ENV {environment}
USER {user.uid}:{user.gid}
EXPOSE {facts.port}
CMD {_exec(facts.command)}
"""


def _exec(command: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in command) + "]"
