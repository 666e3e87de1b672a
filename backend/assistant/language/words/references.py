"""Words that point at tasks of the last turns instead of naming them, and words that carry a conversation on."""

from ..pattern import table

ONE = table(
    """
    it, that, this, that one, this one, that task, this task, that item, this item, the task, the item,
    that thing, that todo, the last one you added, the one i just added, the one you just added, the last task,
    that reminder, the reminder, what i just added, the last task i added, the last one i added,
    the task i just added, the same, the same one, the same task, the new one, the one above, this reminder,
    the last added task, the one i added, the last thing i added, this event, that event, that alarm,
    this alarm, the todo
    """
)
MANY = table(
    """
    them, those, these, they, all of them, both, both of them, all of those, all of these, all those, those two,
    these two, the two, those tasks, these tasks, them all, them both, all three, all three of them, those ones,
    these ones, every one of them, each of them, both of those, both tasks, each one, all of the above,
    the both of them, those items, these items, all these, the lot, all of it, those three
    """
)
# Of those, the ones that name two.
TWO = frozenset(
    (
        "both",
        "both of them",
        "those two",
        "these two",
        "the two",
        "them both",
        "both of those",
        "both tasks",
        "the both of them",
    )
)
OTHER = table(
    """
    the other, the other one, other one, the others, the other ones, the rest, the remaining ones,
    the rest of them, the other task, the other two, other
    """
)
ORDINALS = {
    "first": 0,
    "1st": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "4th": 3,
    "fifth": 4,
    "5th": 4,
    "sixth": 5,
    "6th": 5,
    "seventh": 6,
    "7th": 6,
    "eighth": 7,
    "8th": 7,
    "ninth": 8,
    "9th": 8,
    "tenth": 9,
    "10th": 9,
    "last": -1,
    "bottom": -1,
    "top": 0,
    "final": -1,
    "latter": -1,
    "former": 0,
    "middle": 1,
}
NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "couple": 2,
    "couple of": 2,
    "few": 3,
}

CORRECT = table(
    """
    actually, no, oh, wait, sorry, i mean, i meant, oops, rather, or rather, hmm, on second thought,
    scratch that, not that, well, better, ok, okay, and, but, please, nope, ah, um, let's, also, correction,
    my mistake, no sorry, instead, yes but, yeah but, then, no wait, i said, with, or, oh and, so, just, yes,
    can you, could you, hm, plus, it should be, should be, or maybe, maybe, or perhaps, perhaps, can we, could we, ugh,
    nvm, never mind
    """
)
SET_IT = table(
    """
    make it, make that, make this, make them, make those, change it to, change that to, change them to,
    set it to, set that to, set it for, set it at, set it on, set it, move it to, move that to, move them to,
    make them all, it's, it is, its, move it, put it on, put it at, put it for, push it to, push it, do it,
    let's say, let's do, let's make it, let's make that, change to, change the time to, change the date to,
    change it for, have it, i'd prefer, that's, it's due, it is due, i need it, i want it, schedule it for,
    reschedule it to, reschedule it for, reschedule to, make the due date, due, it's for, for, set the time to,
    set the date to, set the deadline to, change the due date to, set the due date to, move to, make it due,
    they're due, make both, make all of them, make this one, make that one, try, give it, mark it, mark it as,
    flag it as, flag it, switch it to, switch to, bump it to, and repeat it, repeat it, repeat that, repeat,
    remind me, remind me at, postpone it to, set those to, set them to, that should be, make it for, make it on,
    make it at, do that, do it on, do it at, have that, put that on, put them on, move those to, make that for,
    give that, make that one for
    """
)
ABOUT = table(
    """
    what about, how about, and what about, and, and for, what of, and how about, same for, or, and on, also,
    now, now show, ok and, okay and, then, and then, how's, what's for, and what's, only, just, only the,
    just the, but only, and the, which of them are, which ones are, which of those are, which of these are,
    which are, the, show only, filter by, narrow it down to, limit to, what if, for
    """
)
AGAIN = table(
    """
    and one for, one for, another for, another one for, and another for, and another one for, same for,
    the same for, and the same for, do the same for, and do the same for, same thing for, one more for,
    and one more for, and for, also for, also one for, add one for, add another for, add another one for,
    add one more for, and also one for, and also for, ditto for, and ditto for, repeat that for, repeat for,
    do that for, and add one for, do it for, create one for, make one for, and make one for, add the same for,
    another one, and another one, and another, another, same, the same, same thing, one, and one, and the same,
    copy it to, copy that for, duplicate it for, do the same with, and do the same with, the same with,
    same with, also do
    """
)
TOO = ("too", "as well", "also", "please", "and that's it", "aswell", "either")
