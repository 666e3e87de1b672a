"""Verbs and turns of phrase for changing, completing and deleting."""

from ..pattern import table

DONE_WORDS = table(
    """
    done, complete, completed, finished, finish, checked, ticked, ticked off, checked off, resolved, closed,
    as finished, all done, off, accomplished, over with, crossed off, done already, done now, taken care of
    """
)
NOT_DONE = table(
    """
    not done, undone, incomplete, not complete, not completed, not finished, unfinished, open, unchecked,
    uncompleted, pending, as to do, to do, todo, still open, active, not done yet, open again, not complete yet,
    to be done, outstanding, not yet done, un-done, in progress, unresolved
    """
)
MARK = table(
    """
    mark, check, tick, set, flag, call, consider, move, put, log, make, cross, change, get, label, count,
    declare, record, update, switch, turn, mark off, check off
    """
)
CHECK_OFF = table(
    """
    check off, tick off, cross off, mark off, strike off, scratch off, knock off, strike through, close out,
    check-off, tick, cross out, scratch out, mark done, mark complete, mark as done, mark as complete,
    mark completed, mark as completed, mark finished, mark as finished, set done, flag done, close off,
    checkoff, tick-off
    """
)
FINISH = ("complete", "finish", "finish off", "close", "resolve", "wrap up")
I_HAVE = table(
    """
    i, i've, i have, i just, i've just, i already, i've already, i have already, i have just, we, we've,
    we have, just, already, yes i, i finally, i've finally, ok i, i also, and i, i've also, we already,
    we've already, i went ahead and, went ahead and, we went ahead and, i think i, i did, i am, i'm, i'm all,
    i'm already, i'm finally, finally, we're, we are,
    yes i've, i'm just, i am already, we just, we finally, i was, i managed to, i believe i
    """
)
# Past forms of a task's verb that say in the passive how something stands, and not that it is done ("is set").
NO_END = frozenset(
    table(
        """
    set, put, cut, read, left, made, met, called, used, planned, scheduled, moved, changed, told, asked, given, invited,
    seen, cancelled, canceled, started, stopped, run, found, hosted, joined, trained, locked, got, gone, been, reported,
    dropped, pushed, pulled, followed, chosen, talked, turned, released
    """
    )
)
# In the past tense these as often tell what happened as that a task is done.
EXPERIENCES = frozenset(("go", "see", "eat", "drink", "swim", "drive", "run", "leave", "get"))
NOT_FINISHED = table(
    """
    i haven't finished, i haven't completed, i haven't done, i haven't, i have not finished,
    i have not completed, i have not done, i have not, i didn't finish, i didn't complete, i didn't do,
    i didn't actually finish, i didn't actually do, i did not finish, i did not complete, i did not do,
    i didn't, i did not, i'm not done with, i am not done with, i'm not finished with, i am not finished with,
    not done with, not finished with, haven't finished, haven't done, haven't completed, didn't finish,
    didn't do, we haven't finished, we haven't done, we didn't finish, i still haven't finished,
    i still haven't done, i never finished, i never did, i haven't actually finished, i haven't actually done,
    i've not finished, i've not done, i wasn't done with, i was not done with, i didn't actually complete,
    i haven't actually completed, i didn't really finish, didn't complete, i'm not actually done with,
    i wasn't finished with, i haven't really finished, i'm still not done with, i still have to finish,
    i still need to finish, i'm not through with, i haven't even started, we didn't do, we're not done with
    """
)
# "I didn't sleep well", "I haven't seen it": nothing was taken for done.
NO_TASKS = frozenset(
    table(
        """
    sleep, slept, like, enjoy, know, known, feel, felt, want, hear, heard, think, expect, mean, realize, realise,
    understand, been, see, seen, have, had, decided, decide, need, notice, believe, care, get, eat, eaten
    """
    )
)
REOPEN = table(
    """
    reopen, re-open, re open, uncomplete, un-complete, uncheck, un-check, unmark, un-mark, undo completing,
    undo the completion of, untick, un-tick, restart, reactivate, restore, bring back, unfinish,
    undo completion of, unarchive, undo marking, unresolve, put back, undone, incomplete, revive
    """
)
DELETE = table(
    """
    delete, remove, erase, cancel, drop, trash, discard, scrap, get rid of, forget about, forget, never mind,
    nevermind, call off, strike, eliminate, kill, ditch, bin, dump, take off, turn off, disable, nix, wipe,
    purge, cross out, throw out, throw away, find and delete, find and remove, dismiss, destroy, get rid,
    permanently delete, completely delete, nuke, zap, axe, nvm, nvm about, never mind about, nevermind about, lose,
    take out, toss out, scratch, take away, rub out, del, rm,
    i'd like to cancel, i want to cancel, i would like to cancel, i need to cancel, i want to delete,
    i'd like to delete, i would like to delete, i need to delete, i want to remove, i'd like to remove,
    i need to remove, i would like to remove, need to delete, can i delete, can i remove, can i cancel,
    want to delete, want to cancel
    """
)
# Delete only a list or a filter: "clear completed tasks", never "clear the gutters".
CLEAR = table(
    """
    clear, clear out, empty, clean, clean up, clean out, wipe, wipe out, clear off, reset, flush,
    completely clear, nuke, clear up, erase, purge, tidy up, archive, blank out, blank
    """
)
# Verbs that are as often the task itself: they delete only with more evidence (a list, a filter, a task of that name).
DOUBTFUL = frozenset(
    table(
        """
    drop, strike, kill, dump, wipe, nuke, zap, axe, lose, throw out, throw away, stop, take out, take off, turn off,
    disable, scratch,
    bin, destroy, take away, trash, dismiss, cross out, toss out, rub out, ditch, get rid, get rid of
    """
    )
)
MOVE = table(
    """
    move, reschedule, postpone, push, push back, push off, push out, delay, defer, bring forward, shift, snooze,
    shove, scoot, nudge,
    bump, put off, change, bring, set back, move back, move up, move forward, advance, pull forward, pull in,
    slide, extend, hold off, re-schedule, hold off on, put back, move out, push forward, schedule, kick,
    carry over, roll over, carry forward, rearrange, do, prepone, i want to move, i need to move,
    i'd like to move, i need to reschedule, i want to reschedule, i'd like to reschedule, need to move,
    need to reschedule, i have to move, i have to reschedule, i need to postpone, i want to postpone,
    i'd like to postpone, let me move, switch, transfer, send
    """
)
# Of the words above, those that always speak of a time ("postpone gym").
MOVE_SURELY = frozenset(
    table(
        """
    reschedule, postpone, delay, defer, snooze, re-schedule, put off, push back, bring forward, prepone,
    i need to reschedule, i want to reschedule, i'd like to reschedule, need to reschedule,
    i have to reschedule, i need to postpone, i want to postpone, i'd like to postpone
    """
    )
)
RENAME = ("rename", "retitle", "re-name", "re-title", "reword", "rephrase")
CHANGE = table(
    """
    change, edit, update, set, modify, make, correct, fix, adjust, alter, replace, switch, turn
    """
)
DUE_NAMES = table(
    """
    due date, date, deadline, due, time, due time, due day, reminder date, dates, due dates, reminder time,
    start time
    """
)
# Set to a time, these are made anew; any other task that is "set to 3pm" is there already.
ALARMS = ("alarm", "alarms", "reminder", "reminders", "timer", "event", "wake up", "thermostat", "oven", "clock")
PRIORITY_NAMES = ("priority", "importance", "urgency", "prio", "priority level")
TITLE_NAMES = ("title", "name", "wording", "text", "description", "label of the task")
NOTE_NAMES = ("note", "notes", "comment", "description", "comments", "details", "detail")
TAG_NAMES = ("tag", "tags", "label", "labels")
PROJECT_NAMES = ("project", "list", "folder", "category")
RECURRENCE_NAMES = (
    "recurrence",
    "repeat",
    "repetition",
    "repeats",
    "recurrence rule",
    "repeat schedule",
    "repeating",
    "frequency",
)
CLEAR_FIELD = table(
    """
    remove, clear, delete, drop, unset, erase, take off, take away, strip, cancel, get rid of, reset, take,
    wipe, lose, eliminate, empty, set
    """
)
RAISE = table(
    """
    prioritize, prioritise, bump up, raise, escalate, star, increase, bump, up, boost, upgrade, elevate
    """
)
LOWER = (
    "deprioritize",
    "deprioritise",
    "de-prioritize",
    "lower",
    "decrease",
    "downgrade",
    "bump down",
    "reduce",
    "de-prioritise",
)
FILE = table(
    """
    move, put, file, assign, transfer, add, place, shift, switch, send, stick, categorize, reassign, sort,
    refile, copy, change, set, drop, relocate, throw, bring
    """
)
TAG = ("tag", "label", "mark", "flag", "hashtag", "retag", "relabel")
# Say nothing without more words: "add" what?
VERB_ALONE = frozenset(
    table(
        """
    add, create, make, delete, remove, move, rename, complete, finish, update, change, mark, postpone,
    reschedule, set, tag, show, list, remind, reopen, edit, cancel, schedule, new, clear, open, start, check,
    put, done, task, todo, remind me, remind me to, mark as done, new task, add task, add a task,
    set a reminder, mark done
    """
    )
)
