"""Words that ask about the list."""

from ..pattern import table

WH = table(
    """
    what, what's, whats, what're, which, which ones, when, when's, whens, where, where's, who, who's, whose,
    why, what all, what've, wat, wats, wht, wut, wuts, whut, whuts,
    i forgot what, i forgot when, i forgot which, i forget what, i forget when,
    i can't remember what, i can't remember when, i don't remember what, not sure what, no idea what, no idea when,
    remind me again what, remind me again when
    """
)
# The subject follows at once: a question, never a task.
AUXILIARY = table(
    """
    got any, got anything, got much, got a lot on, got lots on,
    any chance i, do i, do we, did i, did we, have i, have we, am i, are we, was i, will i,
    is there, are there, was there,
    were there, is my, are my, is the, are the, does my, does the, do my tasks, do my meetings, do my plans, has my,
    did you, have you, is it,
    is anything, is everything, is this, are any, do any, is that, has the, were the, was the, was my,
    is tomorrow, is today, are these, can i see, can i check, could i see, may i see, may i check, can i get,
    can i have a look at, can you show, can i view, can i know, is next, do you have, do you know, isn't there,
    don't i, haven't i, didn't i, should i, how busy, how am i, how does my, how's my, how is my, is, are, am,
    was, were, does, did, has, is everything, at what time, at what, on what, on which, in which, for what,
    by when, since when, until when, what time, to whom, how do my, how far, how long, how soon, how full, i wonder,
    i'd like to know, i would like to know, i want to know, i want to see, i'd like to see, i need to know,
    i need to see, would i, am i free, are you able to show, how do i look, how does
    """
)
SHOW_ME = table(
    """
    hear, hear about, know, find out, learn, repeat, repeat back, iterate, enumerate, inform me, instruct me,
    look to see,
    i gotta know, i wanna know, provide what, gimme, gimme a look at, lemme see, lemme check, lemme know, can i get,
    i wanna see, show me, show, display, view,
    list, list out, list me, list all, see, give me, tell me, read me, read out,
    read back, read off, pull up, bring up, bing up, get me, let me see, let me know, let me have, let me check,
    let me view, go over, go through, run through, run me through, walk me through, print, print out, open,
    check, checkout, check out, find, find me, search, search for, look up, look for, look at, filter,
    filter by, filter for, count, count up, review, browse, fetch, provide, provide me, provide me with,
    send me, remind me what, remind me which, tell us, show us, search through, search my tasks for, read, get,
    tell, report, recite, say, name, report on, recap, summarize, summarise, list down, show all, inform me of,
    update me on, catch me up on, brief me on, what about, how about, anything, any, anyone, anybody, any1,
    remind me of what,
    remind me about what, remind me of my, remind me about my,
    remind me the things, remind me of the things, remind me things, remind me of things,
    remind me what's, do show me, go to, give, tell me about, remind me how many, remind me when, more about,
    please check, hear, repeat, describe, evaluate, lemme see, lemme hear, let me hear, list em,
    check if i have, check whether i have, check if there, check if there's, check if any, check if i added,
    see if i have, see if i've got, see if there's any, see if there are, confirm if i have
    """
)
# Also verbs of tasks: they ask only where the list itself follows ("read my list", "check the calendar").
CHORES = frozenset(
    table(
        """
    hear, hear about, know, find out, learn, repeat, repeat back, iterate, enumerate, inform me, instruct me,
    look to see,
    i gotta know, i wanna know, check, check out, checkout, open, read, read off, find, find me, look at, look for,
    go to, review, get,
    print, print out, go over, go through, run through, see, name, say, tell, report, report on, count,
    count up, fetch, browse, provide, give, recap, recite, summarize, summarise, filter, look up, please check,
    let me have, inform me of, list down, hear, repeat, describe, evaluate
    """
    )
)
# After these, anything is a question; after the others only what is about the list ("show", "read", "find").
SURELY_SHOW = frozenset(
    table(
        """
    show me, let me see, tell me, give me, list all, list me, list out, let me check, read me, read back,
    read out, pull up, bring up, display, view, search for, search, remind me what, remind me which, tell us,
    show us, anything, any, anyone, anybody, any1, remind me what's, provide me, show all, let me view,
    remind me how many, filter by,
    filter for, list, get me, update me on, catch me up on, brief me on, run me through, walk me through,
    tell me about, search through, what about, how about, remind me when, more about, send me, bing up,
    provide me with, look up, lemme see, lemme hear, let me hear
    """
    )
)
FINISHED = table(
    """
    did i finish, did i complete, did i get done, did i do, have i done, have i finished, have i completed,
    did i accomplish, have i accomplished, i finished, i completed, i did, i've done, i've finished,
    i've completed, i got done, have i gotten done, did i check off, have i checked off, did i tick off,
    did i wrap up, got done, was done, were done, was completed, were completed, have been completed,
    has been completed, have been done, has been done, did we finish, did we complete, have we done,
    have i got done, i have done, i have completed, i have finished, i accomplished, did i already do,
    have i already done, i already did, did i close, did i cross off, got finished, was finished, were finished,
    did i manage to do, did i tick, did i actually do, did i achieve, have i ticked off, have i crossed off,
    have i achieved, did i knock out, got completed, did we do, did we get done, i ticked off, i checked off,
    i've accomplished, i've checked off
    """
)
WHAT_NEXT = table(
    """
    what else is there, what else is left, anything else, anything else left, what next, what's next, what is next,
    what now, what should i do, what should i do next,
    what should i do first, what should i do now, what to do, what to do next, what do i do next,
    what do i do now, what's up next, what should i work on, what should i work on next, what should i focus on,
    what comes next, what am i supposed to do, what do i do, next, next task, my next task, what's my next task,
    what is my next task, what should i tackle first, what should i tackle next, where do i start,
    where should i start, what do i have to do, what do i need to do, what must i do, what else, what's left,
    what is left, what remains, what's remaining, what do i have, what have i got, what's pending, what's open,
    what's first, what is first, what comes first, which one first, what should i start with,
    what's outstanding, whats left to do, what's left to do, what do i still have to do,
    what do i still need to do, what's still open, what are my priorities, what do i have left,
    what do i have on, what have i got to do, what have i got on, what's there to do, what am i doing, what's on
    """
)
