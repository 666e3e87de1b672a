"""The last word on what a model says it did: the journal's."""

from backend.assistant.engines.hosted.honesty import find_false_claim
from backend.assistant.reply.receipts import say_changes
from backend.assistant.state import TurnState

NOTHING = "Correction: nothing on your list was changed."


def correct(text: str, state: TurnState) -> str | None:
    """What to add to a model's answer: the truth where it claims something else, the receipt where it says nothing."""
    of_settings = [call.summary for call in state.calls if call.of_settings]
    done = " ".join(filter(None, [say_changes(state.changes, today=state.now.date()), *of_settings]))
    if not text.strip():
        return done or "The model gave no answer, and nothing on your list was changed."
    listed = any(call.tool == "list_tasks" for call in state.calls)
    if not find_false_claim(text, state.changes, listed=listed):
        return None
    return f"Correction: this is all that was done. {done}" if done else NOTHING
