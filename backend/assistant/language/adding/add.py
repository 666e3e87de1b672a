"""New tasks: the words that ask for one, and the title that remains when date and fields are taken out."""

import re
from dataclasses import replace

from ..context import Clause
from ..describing import label_of
from ..normalise import tidy
from ..pattern import either, phrase
from ..types import Action, Arguments, Choice, Interpretation
from ..words import adding as table
from ..words.nouns import LIST
from ..words.verbs import TASK_VERBS
from ..adding import items
from ..marks import HIDDEN, Marks, read_marks

TAIL = 90  # characters: where words behind the title are looked for; a longer look would cost time on long texts
_GAP = r"[\s\x00,]*"
_BEHIND = r"(?:[\s\x00]+|:[\s\x00]*|-[\s\x00]+|$)"
_LINK = rf"(?:{_GAP}(?:{either(table.LINK)})(?=[\s\x00:]|$):?|\s*[:-])?"
_DETERMINER = (
    r"(?:(?:me|a|an|and|another|one more|the|my|this|some|new|quick|up|in|repeating|recurring|daily|"
    r"weekly|follow up|please|regular) |\x00+ *)*"
)
_MAKE_THING = phrase(
    rf"(?:<make>) {_DETERMINER}(?:<thing>)s?(?![\w'-])(?: for me| for myself)?{_LINK}{_GAP}",
    make=table.MAKE,
    thing=table.THING,
)
_REMIND = phrase(
    (
        rf"(?:<remind>)(?![\w'-])(?: (?:again|please|also))?[:,]?{_GAP}(?:(?P<link><link>)(?=[\s\x00:]|"
        rf"$))?:?{_GAP}(?:(?:that )?i (?:need|have|must|should) to )?"
    ),
    remind=table.REMIND,
    link=table.REMIND_LINK,
)
_MUST = phrase(rf"(?:<must>)(?=[\s\x00]){_GAP}(?:please )?", must=table.MUST)
_LABEL = phrase(rf"(?:<label>)(?: \x00+)?{_GAP}(?::|-(?=\s))\s*", label=table.LABEL)
_TODO = phrase(rf"(?:todo|to do|task|to-do) (?=(?:{either(TASK_VERBS)}) )")
_ADD = phrase(
    (
        r"(?:add|jot down|write down|note down|put down|create task|add in|new) (?:in )?(?:(?:that|the "
        rf"task|a task|task|to) )?{_GAP}"
    )
)
_THIS = r"(?:(?:the|my|our|this|a|an|new|your|that|his|her) )*"
_LIST_FIRST = phrase(
    (
        rf"(?:add|put|include|insert|enter|save|write|note|please put) (?:on|to|in|into|onto) {_THIS}(?:<lists>)(?![\w'])(?: "
        rf"that| to|:)?{_GAP}|in {_THIS}(?:<lists>) (?:put|add|note|write)(?: that| to)?{_GAP}"
    ),
    lists=LIST,
)
_LIST_LAST = phrase(
    (
        rf"{_GAP}(?:(?:to|on|onto|in|into|for|with|from|of) {_THIS}(?:to do |current |shared |existing "
        r")*(?:<lists>|tasks|to-dos|todos|reminders)|as (?:a|an|my) (?:new )?(?:task|todo|to-do|reminder|"
        r"item|event))(?:\s|\x00|[.!?,])*$"
    ),
    lists=LIST,
)
_PUT = phrase(r"(?:<put>) (?:in |down |up )?(?:that )?", put=table.PUT)
_SCHEDULE = phrase(rf"(?:<schedule>) (?:in )?(?:(?:a|an|the|my|event|reminder) )?{_GAP}", schedule=table.SCHEDULE)
_REMIND_LAST = phrase(
    (
        rf"{_GAP}(?:(?:and )?(?:please )?(?:remind me(?: about it| of it| about that)?|set (?:a |the "
        rf")?(?:reminder|alarm|event)|add it to {_THIS}(?:<lists>)|note it|put it on {_THIS}(?:<lists>)))(?:\s|"
        r"\x00|[.!?,])*$"
    ),
    lists=LIST,
)
_ALL_QUOTED = re.compile(r'["“]([^"“”]*[^"“”\s][^"“”]*)["”]')
_TO_MY_LIST = re.compile(r"[\s\x00,]*(?:to|onto|on) my (?:to ?-?do |task )?(?:list|tasks|todos)\b")
_FILE = phrase(
    (
        r"(?:put|throw|stick|include|enter|insert|place|pop|note|log|jot|append|chuck|toss|i need|we need|"
        r"need|save|slot) (?:in |down )?"
    )
)
_NEED = phrase(
    (
        r"(?:(?:i|we|i'll|we'll) (?:also |still |really |just )?need|need)(?: some| more| a few)? (?!to\b|"
        r"you\b|help\b|it\b|that\b|this\b|him\b|her\b|them\b|for\b|is\b)"
    )
)
_WAKE = phrase(r"wake (?:me|us) up\b|i (?:want|need|have) to wake up\b|get me up\b")
_ALARM = re.compile(r"\b(alarm|reminder|timer|event|meeting|appointment|notification|wake up call|remainder)\b")


def read_add(clause: Clause, *, explicit: bool) -> Interpretation | None:
    """Adding, as actions. ``explicit`` demands words that ask for it ("add", "remind me"); else everything is a task."""
    marks = read_marks(clause)
    start, rule = _lead_end(marks)
    end = len(marks.masked)
    if explicit and not start and not rule:
        trailing = _REMIND_LAST.search(marks.masked, max(0, len(marks.masked) - TAIL))
        if not trailing or not trailing.start():
            return None
        end, rule = trailing.start(), "add.remind-last"
    return compose(marks, start, end, rule or "add.plain", explicit=explicit)


def _lead_end(marks: Marks) -> tuple[int, str]:
    """Where the title begins behind the words that ask for a task, and the rule that read them."""
    masked = marks.masked
    position, rule = 0, ""
    filed = any(item.kind == "project" and item.rule != "+project" for item in marks.fields)
    for _ in range(4):
        gap = re.compile(r"[\s\x00,:]*").match(masked, position)
        at = gap.end() if gap else position
        found, name = _one_lead(masked, at, filed=filed)
        if found is None or found.end() == at:
            break
        position, rule = _kept(found), rule or name
        if (
            name in ("add.verb", "add.must")
            and not _REMIND.match(masked, position)
            and not _MAKE_THING.match(masked, position)
        ):
            break
    return position, rule


def _kept(found: re.Match[str]) -> int:
    """The end of a lead: some links belong to the title ("remind me when …")."""
    link = found.groupdict().get("link")
    if link and " ".join(link.split()) in table.KEPT_LINKS:
        return found.start("link")
    return found.end()


def _one_lead(masked: str, at: int, *, filed: bool) -> tuple[re.Match[str] | None, str]:
    for name, pattern in (
        ("add.wake", _WAKE),
        ("add.must", _MUST),
        ("add.make", _MAKE_THING),
        ("add.list-first", _LIST_FIRST),
        ("add.label", _LABEL),
        ("add.remind", _REMIND),
    ):
        found = pattern.match(masked, at)
        if found:
            return (re.compile(r"").match(masked, at), name) if name == "add.wake" else (found, name)
    listed = _LIST_LAST.search(masked, max(0, len(masked) - TAIL))
    for name, pattern in (("add.verb", _ADD), ("add.todo", _TODO), ("add.need", _NEED), ("add.put", _PUT)):
        found = pattern.match(masked, at)
        if found and (
            name != "add.put" or (listed and listed.start() >= found.end()) or (filed and _FILE.match(masked, at))
        ):
            return found, name
    return None, ""


def compose(marks: Marks, start: int, end: int, rule: str, *, explicit: bool = True) -> Interpretation | None:
    """The add actions for the words ``[start, end)`` of a clause whose dates and fields are already read."""
    masked = marks.masked
    listed = _LIST_LAST.search(masked, max(start, end - TAIL), end)
    if listed and listed.start() > start and (explicit or rule != "add.plain" or _TO_MY_LIST.match(listed.group())):
        end = listed.start()
    arguments = marks.arguments()
    schedule = _SCHEDULE.match(masked, start)
    if (
        schedule
        and schedule.end() < end
        and (arguments.keys() & {"due", "recurrence"} or listed)
        and marks.words(schedule.end(), end)
    ):
        start, rule = schedule.end(), rule if rule != "add.plain" else "add.schedule"
    titles = items.titles(marks, start, end, many=rule in items.LISTING or "project" in arguments)
    if len(titles) == 1 and (quoted := _ALL_QUOTED.fullmatch(titles[0])):
        titles = [quoted[1].strip()]
    verb = marks.clause.verb
    if verb:
        titles = [title if title.split()[0].lower() in TASK_VERBS else f"{verb} {title}" for title in titles]
    if not titles:
        titles = _fallback(marks, arguments)
    problem = marks.when.problem if marks.when else None
    if problem and not arguments.get("due"):
        return _each_time(marks, titles, rule) or _impossible(marks, titles, problem, rule)
    if not titles:
        return None
    actions = tuple(Action(tool="add_task", arguments={"title": title, **arguments}) for title in titles)
    reply = (
        f"{marks.spans()[0].label} is in the past; I kept it as you said it." if marks.when and marks.when.past else ""
    )
    return Interpretation(actions=actions, spans=marks.spans(), reply=reply, rules=(rule, *marks.rules()))


def _each_time(marks: Marks, titles: list[str], rule: str) -> Interpretation | None:
    """ "at 8am and 8pm": one task for each time, where "and" joins them."""
    between = [
        marks.clause.flat[one.end : two.start].strip(" ,")
        for one, two in zip(marks.whens, marks.whens[1:], strict=False)
    ]
    if (
        len(titles) != 1
        or any(when.problem or not when.due for when in marks.whens)
        or any(words not in ("and", "&", "") for words in between)
        or "and" not in between
    ):
        return None
    fields = {key: value for key, value in marks.arguments().items() if key not in ("due", "recurrence")}
    actions = tuple(
        Action(
            tool="add_task",
            arguments={
                "title": titles[0],
                "due": when.due,
                **({"recurrence": when.recurrence} if when.recurrence else {}),
                **fields,
            },
        )
        for when in marks.whens
    )
    return Interpretation(actions=actions, spans=marks.spans(), rules=(rule, *marks.rules(), "add.each-time"))


def _impossible(marks: Marks, titles: list[str], problem: str, rule: str) -> Interpretation:
    """Nothing is added for a date that cannot be, or for two that contradict: each reading is offered."""
    title = ", ".join(titles) or tidy(marks.clause.text)
    offers = [
        (f"for {label_of(when, marks.clause)}", {"due": when.due})
        for when in marks.whens
        if when.due and not when.problem
    ]
    choices = tuple(
        Choice(label=f"Add “{title}” {how}", actions=(Action(tool="add_task", arguments={"title": title, **more}),))
        for how, more in [*offers, ("without a date", {})]
    )
    reply = f"{problem} When should “{title}” be due?"
    return Interpretation(
        reply=reply, choices=choices, spans=marks.spans(), rules=(rule, *marks.rules(), "add.impossible"), sure=False
    )


def _fallback(marks: Marks, arguments: Arguments) -> list[str]:
    """ "set an alarm for 5:30" has no title of its own: the thing that was asked for is one."""
    text = marks.clause.flat
    named = _ALARM.search(marks.masked)
    if named and arguments.keys() & {"due", "recurrence"}:
        return [marks.clause.text[named.start() : named.end()]]
    if arguments.keys() & {"due", "recurrence"} and marks.masked.strip(HIDDEN + " .,!?"):
        return ["reminder"] if "remind" in text or "alert" in text or "notify" in text or "ping me" in text else []
    return []


def is_bare(title: str) -> bool:
    """Whether a title says nothing ("something", "a task")."""
    return tidy(title).lower() in table.NOUNLESS or not tidy(title)


def shared_into(found: Interpretation | None, clause: Clause) -> Interpretation | None:
    """The same adds with what a heading or a common date says for all of them."""
    if not found or not clause.shared:
        return found
    common: Arguments = {}
    for source in clause.shared:
        marks = read_marks(source, eager=True)
        common.update(marks.arguments())
        header = _HEADING.fullmatch(marks.words(0, len(marks.masked)).lower())
        if header and not common:
            common["project"] = header["name"]
    actions = tuple(
        replace(action, arguments={"title": action.arguments["title"], **common, **action.arguments})
        if action.tool == "add_task"
        else action
        for action in found.actions
    )
    return replace(found, actions=actions)


_HEADING = phrase(
    (
        rf"(?:add )?(?:to )?(?:my |the |our )?(?!(?:{either(table.LABEL)})$)(?:for )?(?P<name>[\w'-]+(?: "
        r"[\w'-]+){0,2}?)(?: list| project| tasks| todos| items)?"
    )
)
