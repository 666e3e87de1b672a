"""Dockerfiles from the facts."""

import json

from orchestrator.contracts import DockerfileFacts


def render(facts: DockerfileFacts) -> str:
    """The Dockerfile that the facts describe."""
    return {"todo-backend": _backend, "todo-frontend": _frontend}[facts.image](facts)


def _backend(facts: DockerfileFacts) -> str:
    builder, runtime = facts.stages
    user = facts.user
    return f"""\
FROM {builder.base} AS {builder.name}
WORKDIR /app
RUN apt-get update \\
 && apt-get install --yes --no-install-recommends binutils \\
 && rm -rf /var/lib/apt/lists/*
COPY {facts.lock_files[0]} ./
RUN python -m venv --without-pip /opt/venv \\
 && pip --python /opt/venv/bin/python install --no-cache-dir --no-compile --require-hashes -r requirements.txt \\
 && find /opt/venv -name '*.so*' -type f -exec strip --strip-unneeded '{{}}' +
COPY {facts.source} ./{facts.source}
# Importing the program writes the bytecode of just what it uses: a quick start at half the size of compiling all.
RUN /opt/venv/bin/python -c "import {facts.entry_point.partition(":")[0]}"

FROM {runtime.base} AS {runtime.name}
RUN groupadd --gid {user.gid} {user.group} \\
 && useradd --uid {user.uid} --gid {user.gid} --no-create-home --shell /usr/sbin/nologin {user.name} \\
 && pip uninstall --yes --root-user-action=ignore pip setuptools wheel
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1{_assignments(facts)}
WORKDIR /app
COPY --from={builder.name} /opt/venv /opt/venv
COPY --from={builder.name} /app/{facts.source} ./{facts.source}
USER {user.uid}:{user.gid}
EXPOSE {facts.port}
CMD {json.dumps(list(facts.command))}
"""


def _frontend(facts: DockerfileFacts) -> str:
    deps, builder, runner = facts.stages
    user = facts.user
    return f"""\
FROM {deps.base} AS {deps.name}
WORKDIR /app
COPY {" ".join(facts.lock_files)} ./
RUN npm ci --no-audit --no-fund

FROM {builder.base} AS {builder.name}
WORKDIR /app
COPY --from={deps.name} /app/node_modules ./node_modules
COPY {facts.source} ./
ENV NEXT_TELEMETRY_DISABLED=1
RUN npm run build

# Node.js without its symbols, the libraries that it loads, and the names of the user: all that the server needs.
FROM {builder.base} AS node
RUN if command -v apk; then apk add --no-cache binutils; \\
    else apt-get update && apt-get install --yes --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*; fi
WORKDIR /runtime
RUN ldd /usr/local/bin/node > /tmp/libraries \\
 && for file in /usr/local/bin/node $(grep -o '/[^ ]*' /tmp/libraries); do \\
      mkdir -p ".$(dirname "$file")" && cp -L "$file" ".$file"; \\
    done \\
 && strip ./usr/local/bin/node \\
 && mkdir -p etc tmp \\
 && echo '{user.name}:x:{user.uid}:{user.gid}::/app:/sbin/nologin' > etc/passwd \\
 && echo '{user.group}:x:{user.gid}:' > etc/group

FROM {runner.base} AS {runner.name}
COPY --from=node /runtime/ /
WORKDIR /app
COPY --from={builder.name} /app/.next/standalone ./
COPY --from={builder.name} /app/.next/static ./.next/static
ENV PATH=/usr/local/bin{_assignments(facts)}
USER {user.uid}:{user.gid}
EXPOSE {facts.port}
CMD {json.dumps(list(facts.command))}
"""


def _assignments(facts: DockerfileFacts) -> str:
    """The facts' environment as further words of an ENV line."""
    return "".join(f" {name}={value}" for name, value in facts.environment.items())
