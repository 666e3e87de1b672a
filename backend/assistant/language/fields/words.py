"""The words that set a task's priority, tags and project. To teach the engine one, add it here."""

PRIORITIES = {
    "high": "high", "hi": "high", "medium": "medium", "med": "medium", "normal": "medium", "mid": "medium",
    "low": "low",
    "urgent": "high", "important": "high", "critical": "high", "highest": "high", "lowest": "low", "top": "high",
}  # fmt: skip
# p1 to p4; !1 to !4.
LEVELS = {"1": "high", "2": "medium", "3": "low", "4": "low"}
# Alone, at either end of the text, these mean high priority.
URGENT_ALONE = frozenset({"urgent", "important", "asap", "urgently", "critical"})
URGENT_PHRASES = (
    ("as", "soon", "as", "possible"), ("a", "s", "a", "p"), ("very", "important"), ("really", "important"),
    ("very", "urgent"),
    ("super", "important"), ("super", "urgent"), ("it's", "urgent"), ("it's", "important"), ("its", "urgent"),
    ("this", "is", "urgent"), ("this", "is", "important"), ("that's", "urgent"), ("top", "priority"),
    ("it", "is", "urgent"),
    ("it", "is", "important"),
)  # fmt: skip
PRIORITY_NOUNS = frozenset({"priority", "prio", "importance", "urgency", "pri"})
TAG_WORDS = frozenset({"tagged", "tag", "tags", "labeled", "labelled", "label", "hashtag"})
PROJECT_NOUNS = frozenset({"list", "project", "lists"})
LIST_LEADS = frozenset({"to", "on", "in", "onto", "into", "under", "for", "from", "off", "within"})
# These need "my" or "the" before the list: "order from price list" names none.
OWNED_LEADS = frozenset({"from", "off", "for"})
# After these "project" comes before its name: "in project apollo".
PROJECT_LEADS = frozenset({"to", "in", "into", "under"})
OWNERS = frozenset({"my", "the", "our", "a"})
# Names of no list: "my list", "the todo list", "my task list".
UNNAMED = frozenset(
    {
        "todo",
        "to-do",
        "to",
        "do",
        "task",
        "tasks",
        "my",
        "the",
        "whole",
        "entire",
        "this",
        "that",
        "a",
        "reminder",
        "reminders",
    }
    | {"your", "our", "new", "same", "other", "another", "full", "next", "current", "things", "checklist"}
)
# In front of all, these say that what stands behind "to" or "in" is where something goes: "add nails to Home Repairs".
FILING = frozenset({"add", "put", "create", "save"})
LONGEST_NAME = 3
# Before "urgent" these keep it in the sentence: "the school is urgent", "something important".
JOINED_BEFORE = frozenset({"is", "be", "the", "an", "a", "very", "not", "are", "something", "anything", ""})
