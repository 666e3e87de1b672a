"""An example of each body for the OpenAPI document, by the name of its schema. The types say what else fits."""

from typing import Any

PASSWORD = "correct horse battery"  # noqa: S105  (an example)
_ADDRESS = "ada@example.com"
_TASK: dict[str, Any] = {
    "id": "01a227ae-c801-7275-983f-9a11ce2d861c",
    "number": 1,
    "title": "call mom",
    "notes": None,
    "due": "2026-11-30T17:00",
    "timezone": "Europe/Berlin",
    "due_at": "2026-11-30T16:00:00Z",
    "recurrence": None,
    "priority": "high",
    "tags": ["family"],
    "project": None,
    "order": 1.0,
    "status": "open",
    "created_at": "2026-11-29T14:21:35.617Z",
    "updated_at": "2026-11-29T14:21:35.617Z",
    "completed_at": None,
    "version": 1,
    "reminders": None,
    "parent_id": None,
    "recurrence_from": None,
    "subtasks": {"open": 1, "done": 2},
}
EXAMPLES: dict[str, Any] = {
    "TaskCreate": {"title": "call mom", "due": "2026-11-30T17:00", "timezone": "Europe/Berlin", "tags": ["family"]},
    "CompletionChoice": {"subtasks": "complete"},
    "DecisionIn": {
        "request": "eyJjbGllbnQiOiJlZGl0b3IifQ.c2lnbmVk",
        "user_id": "01a227ae-c7f0-7e01-8d0c-54a1b0c2d3e4",
        "allow": True,
        "scope": "read",
    },
    "TaskPatch": {"due": "2026-12-04", "priority": None},
    "TaskOut": _TASK,
    "WrittenOut": _TASK,
    "CompletedOut": {**_TASK, "status": "done", "completed_at": "2026-11-29T15:00:00.000Z", "version": 2},
    "PageOut": {"items": [_TASK], "next_cursor": None},
    "GroupOut": {"name": "home", "open": 3, "done": 12},
    "ProjectRename": {"name": "errands", "to": "shopping", "merge": True},
    "TagRename": {"name": "fam", "to": "family"},
    "ProjectLook": {"name": "work", "colour": "teal", "archived": False},
    "TagLook": {"name": "family", "colour": "pink"},
    "ProjectOrder": {"names": ["work", "home"]},
    "TagOrder": {"names": ["urgent", "family"]},
    "LabelOut": {"kind": "project", "name": "work", "colour": "teal", "position": 1, "archived": False},
    "FilterCreate": {"name": "Focus", "words": "high priority this week not in work"},
    "FilterPatch": {"name": "This week"},
    "FilterWords": {"words": "high priority this week not in work"},
    "FilterOrder": {"ids": ["01a227ae-c801-7275-983f-9a11ce2d861c"]},
    "RenamedOut": {"name": "shopping", "changed": 5, "merged": True},
    "CompleteMany": {"act": "complete", "ids": [_TASK["id"]]},
    "ReopenMany": {"act": "reopen", "ids": [_TASK["id"]]},
    "DeleteMany": {"act": "delete", "ids": [_TASK["id"]]},
    "UpdateMany": {"act": "update", "ids": [_TASK["id"]], "due": "2026-12-04", "add_tags": ["family"]},
    "BulkOut": {"items": [_TASK], "changed": 1},
    "LinesIn": {
        "lines": [{"text": "milk, eggs and bread"}, {"text": "call mom tomorrow at 5pm"}],
        "project": "shopping",
    },
    "SnoozeIn": {"minutes": 30},
    "UndoIn": {"undo_token": "01a227ae-c7ff-7c2c-8a4b-6c0a7d1f2b3c"},
    "ChatIn": {"message": "call mom tomorrow at 5 and move the dentist to friday"},
    "StreamIn": {
        "id": "conversation-1",
        "messages": [{"id": "message-1", "role": "user", "parts": [{"type": "text", "text": "what is due today?"}]}],
    },
    "InterpretIn": {"text": "standup every weekday at 9:15 #work", "timezone": "Europe/Berlin"},
    "MePatch": {"timezone": "Europe/Berlin", "settings": {"assistant": "builtin"}},
    "SettingsIn": {"default": [{"before": "PT30M"}], "quiet_from": "22:00", "quiet_to": "07:00"},
    "TokenCreate": {"name": "backup script", "scope": "read"},
    "FeedCreate": {"name": "phone", "view": "project", "value": "home", "component": "todo"},
    "WebhookCreate": {"url": "https://example.com/hooks/todo", "events": ["task.created", "task.completed"]},
    "LetterboxIn": {"senders": ["ada@example.com"]},
    "WebhookPatch": {"on": False},
    "EmailCreate": {"kind": "email"},
    "AppriseCreate": {"kind": "apprise", "url": "https://ntfy.example.com/my-topic", "label": "phone"},
    "PushCreate": {
        "kind": "push",
        "subscription": {
            "endpoint": "https://push.example.com/send/abc",
            "keys": {"p256dh": "BElxPLACEHOLDER", "auth": "c2VjcmV0"},
        },
    },
    "ChannelPatch": {"on": False},
    "SignUpBody": {"name": "Ada", "email": _ADDRESS, "password": PASSWORD},
    "SignInBody": {"email": _ADDRESS, "password": PASSWORD},
    "ChangePasswordBody": {
        "currentPassword": PASSWORD,
        "newPassword": "staple battery horse",
        "revokeOtherSessions": True,
    },
    "UpdateUserBody": {"name": "Ada L."},
    "RevokeSessionBody": {"token": "the token of a session that list-sessions names"},
    "DeleteUserBody": {"password": PASSWORD},
    "RequestResetBody": {"email": _ADDRESS, "redirectTo": "/reset"},
    "ResetPasswordBody": {"newPassword": "staple battery horse", "token": "of-the-mail"},
    "SendVerificationBody": {"email": _ADDRESS},
    "ChangeEmailBody": {"newEmail": "ada@example.org"},
    "EnableBody": {"password": PASSWORD},
    "PasswordBody": {"password": PASSWORD},
    "CodeBody": {"code": "123456"},
    "RecoveryCodeBody": {"code": "abcde-12345"},
    "PasskeyBody": {"id": "01a227ae-c801-7275-983f-9a11ce2d861c"},
    "RenameBody": {"id": "01a227ae-c801-7275-983f-9a11ce2d861c", "name": "laptop"},
}
REASONS: dict[int, str] = {
    400: "The body is not JSON at character 12. Nothing was changed.",
    401: "Sign in first.",
    403: "This token may only read; make one that may change the list.",
    404: "There is no such task.",
    408: "The body came too slowly. Nothing was changed.",
    409: "There is nothing to undo.",
    410: "This link has been used.",
    412: "The task was changed meanwhile; read it again.",
    413: "The body is larger than this server takes.",
    422: "due: must be a date, YYYY-MM-DD, or a date and time, YYYY-MM-DDTHH:MM",
    429: "Too many requests; wait as long as Retry-After says.",
    503: "The database does not answer; try again in a moment.",
}


def state_examples(document: dict[str, Any]) -> None:
    """Put the examples into the document: of the schemas, and a problem for each error answer that names none."""
    for name, example in EXAMPLES.items():
        document["components"]["schemas"][name].setdefault("examples", [example])
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                _state_problem(int(status), answer)


def _state_problem(status: int, answer: dict[str, Any]) -> None:
    content = answer.get("content", {}).get("application/problem+json")
    if content is not None and status in REASONS:
        told = {"type": "about:blank", "title": answer["description"], "status": status, "detail": REASONS[status]}
        if status == 422:
            field, message = REASONS[status].split(": ", 1)
            told["errors"] = [{"field": field, "message": message}]
        content.setdefault("example", told)
