"""Words with no command in them: a task of that title, unless they are plainly none."""

import re

from ..adding.add import compose, is_bare, read_add
from ..context import Clause
from ..conversation.scene import Scene
from ..marks import Marks, read_marks
from ..matching.outcome import add_instead
from ..normalise import has_words, visible
from ..replies.help import about_the_list, not_understood, remark
from ..replies.smalltalk import is_statement
from ..types import Action, Choice, Interpretation
from ..words.commands import VERB_ALONE

_QUESTION = re.compile(
    r"(?:what|why|who|where|when|how|which|do|does|did|is|are|am|can|could|should|would|will|has|have)\b.*\?$"
)
# A question without its mark: "how do you say cheese in french", "do you like music", and no "do the dishes".
_ASKS = re.compile(
    r"(?:what|who|why|where|when|how|which|whose)(?:'?s|'?re|'?d|\s+(?:is|are|was|were|do|does|did|can|could|"
    r"should|would|will|"
    r"has|have|am))\s+\S|"
    r"(?:is|are|was|were|does|did|has|isn'?t|aren'?t|doesn'?t|didn'?t|won'?t|can'?t|couldn'?t|wouldn'?t|ain'?t|"
    r"am)\s+(?:you|i|we|he|"
    r"she|they|it|this|that|there|anyone|anybody|everyone|people|the|my|your|our)\s|"
    r"(?:do|have|should|shall|don'?t|haven'?t)\s+(?:you|i|we|he|she|they|anyone|people)\s|"
    r"(?:can|could|would)\s+(?!opener|openers|of\b)[a-z]+s?\s+[a-z]+\s+\S|"
    r"will\s+(?:you|i|we|he|she|they|it|this|that|there|the|my|anyone|people)\s|"
    r"how\s+(?:old|far|tall|big|deep|high|heavy|fast|hot|cold|hard|common|expensive|rich|smart|strong)\s+(?:is|"
    r"are|was|were|do|"
    r"does|can|am)\s|"
    r"(?:why|how come|what if|what about|who)\s+(?!to\b)\S"
)
_POINTING = re.compile(
    r"(?:move|push|shift|change|make|mark|delete|remove|cancel|rename|tag|postpone|reschedule|put|leave|bump|delay|undo)\s+"
    r"(?:it|that|this|them|those)\b"
)
_BARE_NUMBER = re.compile(r"#?\d{1,3}")
_SMASHED = re.compile(
    r"[bcdfghjklmnpqrstvwxz]{5,}|(?:asdf|qwer|zxcv|hjkl|sdfg|dfgh|jkl;|wert|uiop|xcvb)", re.IGNORECASE
)
_ENTERTAIN = re.compile(
    r"(?:sing (?:me|a song|us)|play (?:some |me )?(?:music|a song|songs)|tell (?:me|us) (?:a|another) |"
    r"make me laugh|entertain me|call me (?:a|an) |talk to me|dance|beatbox|flip a coin|roll a dice)\b"
)


def read_plain(clause: Clause, scene: Scene) -> Interpretation | None:
    """A new task of these words, the dates and fields taken out."""
    flat = clause.flat.strip(" .!?,;:")
    if not has_words(flat):
        return None
    if flat in VERB_ALONE or is_bare(flat):
        return Interpretation(
            reply=f"“{clause.text.strip()}” what? For example: “{_example(flat, scene)}”.", rules=("bad.alone",)
        )
    if _BARE_NUMBER.fullmatch(flat):
        return Interpretation(reply=not_understood(clause.text, scene), rules=("bad.number",), sure=False)
    if _gibberish(flat):
        return _offer(clause, scene, "bad.gibberish")
    if _QUESTION.match(clause.flat) or (_ASKS.match(clause.flat) and not read_marks(clause).fields):
        return Interpretation(
            reply=about_the_list(scene),
            choices=(add_instead(visible(clause.text)),),
            rules=("bad.question",),
            sure=False,
        )
    if _POINTING.match(flat) and len(flat.split()) < 7 and not clause.whens:
        reply = f"Which task do you mean by “{visible(clause.text)}”? Say its name or its number."
        return Interpretation(
            reply=reply, choices=(add_instead(visible(clause.text)),), rules=("bad.pointing",), sure=False
        )
    if _ENTERTAIN.match(flat):
        return _offer(clause, scene, "bad.statement")
    added = read_add(clause, explicit=False)
    if is_statement(clause):
        return _remark(clause, added)
    return added or keep_all(clause, read_marks(clause))


def _remark(clause: Clause, added: Interpretation | None) -> Interpretation:
    """Nothing is added for a remark; that it is a task after all is offered."""
    words = visible(clause.text)
    offer = Choice(label=f"Add “{words}” as a new task", actions=added.actions) if added and added.actions else None
    return Interpretation(reply=remark(words), choices=(offer,) if offer else (), rules=("talk.remark",), sure=False)


def keep_all(clause: Clause, marks: Marks) -> Interpretation | None:
    """Where nothing but dates and fields was said, the words themselves are the title, if they can be one."""
    words = visible(clause.text).strip()
    if (marks.fields and not marks.whens) or not has_words(words):
        return None
    if (marks.when and marks.when.strength == "sure") or marks.whens:
        return Interpretation(reply=f"What should I add for “{words}”?", spans=marks.spans(), rules=("bad.only-when",))
    return Interpretation(actions=(Action(tool="add_task", arguments={"title": words}),), rules=("add.words",))


def _offer(clause: Clause, scene: Scene, rule: str) -> Interpretation:
    words = visible(clause.text)
    return Interpretation(reply=not_understood(words, scene), choices=(add_instead(words),), rules=(rule,), sure=False)


def _gibberish(flat: str) -> bool:
    """One run of letters that no language has: a cat on the keyboard."""
    words = flat.split()
    letters = [word for word in words if word.isascii() and word.isalpha()]
    smashed = [
        word
        for word in letters
        if len(word) > 3
        and ((_SMASHED.search(word) and not word.isupper()) or (not re.search(r"[aeiouy]", word) and len(word) > 4))
    ]
    if len(words) > 2 and len(set(words)) == 1:
        return True
    return len(words) <= 3 and bool(smashed) and len(smashed) * 2 >= len(words)


def _example(verb: str, scene: Scene) -> str:
    first = next((task.title for task in scene.tasks if not task.done), "buy milk")
    return {
        "add": "add buy milk tomorrow",
        "move": f"move {first} to friday",
        "rename": f"rename {first} to …",
        "remind": "remind me to call mom at 5",
    }.get(verb, f"{verb if verb.isalpha() else 'delete'} {first}")


__all__ = ["compose", "keep_all", "read_plain"]
