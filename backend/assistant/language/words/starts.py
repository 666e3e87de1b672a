"""Words that begin a command of their own: they tell where one command ends and the next begins."""

from ..pattern import table

EXPLICIT = table(
    """
    add, remind me, remember to, remember, delete, remove, mark, move, complete, rename, postpone, reschedule,
    show, show me, what's, what is, what, how many, undo, reopen, cancel, create, new task, push, snooze, tag,
    set, make, list, don't forget, don't let me forget, check off, cross off, tick off, i finished, i need to,
    i have to, i must, i should, i've got to, i also need to, i also have to, i gotta, schedule, todo, put,
    get rid of, change, clear, prioritize, set up, tell me, do i have, delay, erase, drop, bump, i completed,
    i'm done with, done with, defer, finish, i've finished, i did, update, also, also add, to, un-complete,
    uncomplete, i haven't, make sure, put off, scrap, i already, also remind me, repeat, bring forward,
    also need to, also have to, also gotta, also got to, also buy, also get, also call, need to, have to, gotta,
    still need to,
    still have to, i still need to, i still have to, then i need to, then i have to, gimme, whats, nvm, skip,
    reschedule,
    i paid, i called, i bought, i sent, skip, forget about, get rid of, take off, read me, another to,
    another one to, another task to, another reminder to, one more to
    """
)
# Of those, the ones that may carry on a task's own words ("wash and set the table"): they need a whole command behind.
SOFT = frozenset(
    table(
        """
    set, make, list, put, change, clear, finish, drop, show, what, to, remember, push, also, tag, bump, mark,
    check off, create, update, schedule, tell me, show me, what is, repeat, complete
    """
    )
)
# Command words whose slips of the pen are mended; a slip of a shorter word is too often a word of its own.
OFTEN_MISSPELT = table(
    """
    delete, remove, complete, remind, reschedule, postpone, schedule, rename, finish, cancel, change, reopen,
    snooze, update
    """
)
WORDS_AFTER_ALL = frozenset(("compete", "chang", "chane", "finis", "canel"))  # of their slips, those that are words
SHORT_SLIPS = {"shwo": "show", "hsow": "show", "mvoe": "move", "amrk": "mark", "makr": "mark", "lsit": "list"}
ABBREVIATIONS = frozenset(
    table(
        """
    dr, mr, mrs, ms, prof, st, sr, jr, vs, e.g, i.e, etc, no, nr, approx, dept, est, fig, inc, ltd, co, corp,
    vol, p, pp, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, mt, ave, blvd, rd, a.m, p.m, am,
    pm, u.s, u.k, ph.d, min, max, tel, ext
    """
    )
)
CHANGING = table(
    """
    delete, remove, mark, complete, move, rename, cancel, postpone, reschedule, check off, cross off, tick off,
    i finished, i've finished, done with, finished, completed, reopen, push, snooze, tag, clear, i completed,
    show, list, what, how many, erase, delay, undo, i'm done with, when, who, which, do i have, is there, i did,
    i already, i just, i've already, i bought, tell me, any, find, search, i'm, i've, i called, are there,
    prioritize, untag, set the, make the
    """
)
