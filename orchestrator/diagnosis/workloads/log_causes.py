"""What a program's last words say of why it ended: a table of what runtimes, databases and kernels write."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """A state, the line that shows it, and whether a program does not survive it."""

    code: str
    line: str
    message: str
    fatal: bool
    fix: str = ""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_TABLE: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    ("ImagePlatform", _any(r"exec format error"), True),
    ("OOMKilled", _any(r"heap out of memory", r"OutOfMemoryError", r"cannot allocate memory", r"MemoryError"), True),
    (
        "PortConflict",
        _any(
            r"address already in use",
            r"EADDRINUSE",
            r"bind\(\) to .* failed \(98",
            r"port \d+ is already",
            r"port.* already in use",
            r"Only one usage of each socket address",
        ),
        True,
    ),
    (
        "DatabaseReadOnly",
        _any(
            r"read-only transaction",
            r"read_only\b.* option",
            r"--read-only option",
            r"super-read-only",
            r"readonly database",
            r"database is (locked )?read-?only",
            r"READONLY You can't write",
            r"cannot execute \w+( \w+)* in a read-only",
            r"NotWritablePrimary",
            r"not master",
            r"is running with the --(super-)?read-only",
        ),
        False,
    ),
    (
        "DatabaseConnections",
        _any(
            r"too many clients",
            r"too many connections",
            r"remaining connection slots",
            r"max number of clients reached",
            r"connection pool (is )?exhausted",
            r"QueuePool limit",
            r"connection limit exceeded",
            r"max_user_connections",
            r"timeout exceeded when trying to connect",
            r"Connection is not available, request timed",
        ),
        False,
    ),
    (
        "DatabaseLogin",
        _any(
            r"password authentication failed",
            r"Access denied for user",
            r"no password supplied",
            r"role \"?\S+\"? does not exist",
            r"pg_hba\.conf",
            r"WRONGPASS",
            r"NOAUTH",
            r"AuthenticationFailed",
            r"Authentication failed",
            r"invalid username-password",
            r"login failed for user",
            r"SASL: .*password",
        ),
        False,
    ),
    (
        "DatabaseSchema",
        _any(
            r"relation \"[^\"]+\" does not exist",
            r"no such table",
            r"table '[^']+' doesn't exist",
            r"database \"[^\"]+\" does not exist",
            r"Unknown database",
            r"UndefinedTable",
            r"column \"?[\w.]+\"? does not exist",
            r"Unknown column",
        ),
        False,
    ),
    (
        "CertificateExpired",
        _any(
            r"certificate has expired",
            r"certificate expired",
            r"CERT_HAS_EXPIRED",
            r"NotAfter",
            r"certificate is not yet valid",
            r"x509: certificate has expired",
        ),
        False,
    ),
    (
        "DiskFull",
        _any(r"no space left on device", r"ENOSPC", r"disk (quota exceeded|full)", r"database or disk is full"),
        True,
    ),
    ("ReadOnlyFiles", _any(r"read-only file system", r"EROFS"), True),
    (
        "RbacDenied",
        _any(
            r"is forbidden: User \"system:serviceaccount",
            r"cannot (get|list|watch|create|update|patch|delete)"
            r" resource",
        ),
        False,
    ),
    (
        "FilePermission",
        _any(
            r"permission denied",
            r"EACCES",
            r"operation not permitted",
            r"has wrong ownership",
            r"could not (open|create|write to)[^\n]*denied",
            r"could not look up effective user",
            r"must be owned by",
            r"has group or world access",
        ),
        True,
    ),
    (
        "InterpreterMissing",
        _any(
            r"exec user process caused[^\n]{0,20}no such file",
            r"^exec /\S+: no such file or directory",
            r"bad interpreter",
            r"env: [^\n]{1,60}\\r",
            r"\$'\\r': command not found",
            r"(sh|bash)\r?: No such file",
        ),
        True,
    ),
    (
        "ModuleMissing",
        _any(
            r"ModuleNotFoundError",
            r"No module named",
            r"Cannot find module",
            r"ClassNotFoundException",
            r"cannot open shared object file",
            r"Could not find or load main class",
            r"can't open file",
            r"Unable to access jarfile",
            r"command not found",
            r"(sh|bash): .*: not found",
            r"Could not import module",
            r"ERR_MODULE_NOT_FOUND",
            r"FileNotFoundError",
            r"No such file or directory",
            r"ENOENT",
            r"Error loading ASGI app",
            r"Attribute \S+ not found in module",
        ),
        True,
    ),
    (
        "VariableMissing",
        _any(
            r"KeyError: '[A-Z][A-Z0-9_]+'",
            r"missing (required )?env",
            r"environment variable[^\n]{0,120}"
            r"(not set|missing|required|undefined|must)",
            r"\b[A-Z][A-Z0-9_]{2,80} (is )?(not set|unset|required|missing|must be set)",
            r"required environment",
            r"(must|need to) (set|specify|provide)[^\n]{0,120}\b[A-Z][A-Z0-9]{0,40}_[A-Z0-9_]",
            r"is not specified",
            r"missing[^\n]{0,120}\b[A-Z][A-Z0-9]{0,40}_[A-Z0-9_]",
            r"Could not parse SQLAlchemy URL",
            r"Input should be a valid|Field required",
            r"invalid (url|dsn|port|uri)",
        ),
        True,
    ),
    (
        "DatabaseName",
        _any(
            r"could not translate host name",
            r"name or service not known",
            r"temporary failure in name",
            r"getaddrinfo",
            r"ENOTFOUND",
            r"EAI_AGAIN",
            r"no such host",
            r"UnknownHostException",
            r"bad address '",
            r"could not resolve host",
            r"host not found in upstream",
            r"nodename nor servname",
            r"NXDOMAIN",
            r"can't resolve",
        ),
        False,
    ),
    (
        "ConfigurationWrong",
        _any(
            r"(syntax|parse|parsing|configuration|config) error",
            r"unknown directive",
            r"YAMLException",
            r"error parsing",
            r"invalid (configuration|config|option|argument|value)",
            r"JSONDecodeError",
            r"unexpected token",
            r"unknown (flag|option|field|argument)",
            r"unrecognized (option|argument)",
            r"\[emerg\]",
            r"failed to load config",
            r"unmarshal",
            r"ScannerError",
        ),
        True,
    ),
    (
        "DependencyRefused",
        _any(
            r"connection refused",
            r"ECONNREFUSED",
            r"Can't connect to",
            r"could not connect to server",
            r"connection to server at",
            r"dial tcp[^\n]*(refused|timeout)",
            r"Communications link failure",
            r"ETIMEDOUT",
            r"connection timed out",
            r"no route to host",
            r"Connection reset by peer",
            r"502 Bad Gateway",
            r"503 Service",
            r"upstream connect error",
            r"code = Unavailable",
        ),
        False,
    ),
)
_WORDS = {
    "OOMKilled": "it ran out of memory",
    "PortConflict": "its port is taken",
    "DatabaseReadOnly": "the database is read-only",
    "DatabaseConnections": "the database has no connection left",
    "DatabaseLogin": "the database refuses user or password",
    "DatabaseSchema": "a table or database is not there",
    "CertificateExpired": "a certificate is not valid at this time",
    "DiskFull": "the disk is full",
    "ReadOnlyFiles": "it writes to a read-only file system",
    "RbacDenied": "its service account may not do what it asks",
    "FilePermission": "its user may not touch a file",
    "InterpreterMissing": "the script's first line names a program that is not there (a Windows line end counts)",
    "ModuleMissing": "a module, program or file is not there",
    "VariableMissing": "a variable is missing or cannot be read",
    "DatabaseName": "a name does not resolve",
    "ConfigurationWrong": "its configuration cannot be read",
    "DependencyRefused": "what it calls does not answer",
    "ImagePlatform": "it is built for another processor",
}
_LINES = 200


def cause_in(log: str) -> Cause | None:
    """The cause that the last lines tell: of several the one that stands highest in the table among the last words.

    Read from the end: what a program says last is why it ended; an earlier complaint was survived. Within the last
    20 telling lines the order of the table decides, since one trouble is told by several lines.
    """
    lines = [line for line in log.splitlines()[-_LINES:] if line.strip()]
    for chunk in (lines[-20:], lines[:-20]):
        for code, pattern, fatal in _TABLE:
            for line in reversed(chunk):
                if pattern.search(line):
                    shown = line.strip()[:300]
                    return Cause(code, shown, f"{_WORDS[code]}: {shown}", fatal)
    return None


def causes_in(log: str, codes: frozenset[str]) -> list[Cause]:
    """Those of the given causes that the log tells of, each with its last line."""
    found = []
    for code, pattern, fatal in _TABLE:
        if code in codes:
            told = [line for line in log.splitlines()[-_LINES:] if pattern.search(line)]
            if told:
                found.append(Cause(code, told[-1].strip()[:300], f"{_WORDS[code]}: {told[-1].strip()[:300]}", fatal))
    return found
