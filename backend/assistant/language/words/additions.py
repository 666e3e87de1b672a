"""Words that ask for a new task."""

from ..pattern import table
from .nouns import TASK

MAKE = table(
    """
    add, create, make, new, set, set up, setup, put, insert, enter, record, log, jot down, write down,
    note down, note, include, schedule, give me, i need, i want, i would like, i'd like, start, send me, put in,
    put on, open, save, put down, make me, get me, add in, add on, book, throw in, i'd like to add,
    i would like to add, i want to add, i need to add, i want to create, i'd like to create, i need to create,
    i want to set, i need to set, i wanna add, track, capture, draft, file, i'd like to set, i have
    """
)
THING = (
    *TASK,
    *table(
        """
    note, notice, heads up, nudge, appointment reminder, meeting reminder, event reminder, alarm clock, wake up call,
    timer, memo, task reminder, note to self, note to myself
    """
    ),
)
LINK = table(
    """
    to, for, about, that, called, named, titled, labelled, labeled, saying, which says, that says, of,
    to remind me to, to remind me about, to remind me of, to remind me that, for me to, that i have to,
    that i need to, that i should, reminding me to, reminding me about, i need to, i have to, entitled,
    so i remember to, so i don't forget to, which is, with title, with the title, with name, with the name,
    to tell me to
    """
)
# Each may be followed by a link and by a date: "remind me tomorrow to …".
REMIND = table(
    """
    remind me, remember me, reminder, notify me, alert me, ping me, nudge me, poke me, warn me, remind us,
    don't let me forget, do not let me forget, don't forget, do not forget, never forget, help me remember,
    help me to remember, help me not forget, i don't want to forget, i can't forget, i mustn't forget,
    i must not forget, i shouldn't forget, i should remember, i need to remember, i have to remember,
    i must remember, need to remember, remember, make sure i remember, make sure i don't forget,
    i need you to remind me, i want you to remind me, i'd like you to remind me, i need to be reminded,
    i want to be reminded, i'd like to be reminded, i would like to be reminded, let me know of,
    let me know when it's time, note to self, note to myself, i need a reminder, give me a reminder,
    please remind me, you should remind me, don't forget to remind me, be sure to remind me, prompt me,
    send me a reminder, set reminder, set a reminder, put a reminder, i need reminding, reminder for me,
    quick reminder, self reminder, tell me to, i have got to remember, let me remember, i better remember
    """
)
REMIND_LINK = table(
    """
    to, about, of, that, i need to, i have to, i should, i must, that i need to, that i have to, that i must,
    that i should, to remember to, for, when, i've got to, that i've got to, i gotta, about the need to,
    again to, not to forget to, i, it's, to please, that there is, that there's, there is, there's, that i, we,
    that we, i want to, to go ahead and, on, of the fact that, if, to do, that i have, i have, that it's,
    concerning, regarding, to to, by, myself to, me to, me about, why, what, how, where, who
    """
)
KEPT_LINKS = frozenset(
    table(
        """
    when, it's, if, that it's, on, by, to do, why, what, how, where, who, i, we
    """
    )
)
MUST = table(
    """
    i need to, i have to, i must, i should, i've got to, i have got to, i gotta, i got to, gotta, got to,
    need to, have to, we need to, we have to, we should, we must, i ought to, i want to, i wanna,
    i really need to, i really have to, i really should, i also need to, i also have to, i still need to,
    i still have to, i'd like to, i would like to, i'm supposed to, i am supposed to, i'm going to,
    i am going to, i'm gonna, i plan to, i'm planning to, i will need to, i'll need to, i'll have to,
    i will have to, i will, i'll, i had better, i'd better, i better, we've got to, we gotta, should, must,
    i just need to, i intend to, it's time to, i shall, make sure to, make sure i, make sure that i,
    make sure we, be sure to, another to, another one to, another task to, another reminder to,
    one more to, a second one to, another for, want to, i definitely need to, i definitely have to,
    i really must, i mean to, i've to, i have to remember to, i need to remember to, i should probably,
    i probably should, we'll need to, i do need to, i do have to, i hope to, i'm hoping to, i was supposed to,
    i forgot to, i almost forgot to, i totally forgot to, i keep forgetting to, i want to remember to,
    gotta remember to, need to remember to, i need 2, i have 2, i promised to, i've promised to, i agreed to,
    let's, lets, would like to, would love to, i'd love to, we'd like to, i've agreed to, i was told to,
    i decided to, i've decided to, i have decided to, it's important to,
    it is important to, it's important that i, it is important that i
    """
)
LABEL = table(
    """
    todo, to do, to-do, task, new task, new todo, new to-do, new to do, new item, new reminder, reminder, note,
    note to self, add, remember, action item, action, fyi, next task, another task, one more task, add task,
    add todo, create task, idea, ai, next up, add to list, add to my list, add a task, add a todo,
    add a new task, create a task, one more, another one, also, my task, my todo, tasks, todos, to dos,
    things to do, my tasks, my todos, add tasks, add these, add the following, add these tasks,
    add the following tasks, new tasks, i need to, i have to, i must, i should, things i need to do, remind me,
    remind me to, action items, next steps, to do list, todo list, my list, list, my to do list,
    add these to my list, add all of these, add all these, here are my tasks, here's my list, here is my list,
    my todo list, task list, need to, i also need to, please add, please add these,
    add the following to my list, things to add, put these on my list, add following
    """
)
# Taken off in front only where the list is named too ("put eggs on my list") — or a date, for the last row.
PUT = table(
    """
    put, throw, stick, include, enter, insert, get, log, save, place, need, i need, i want, note, mark, create,
    make, write, record, pop, we need, set, jot, list, file, register, append, drop, toss, chuck, pencil, slot,
    we're out of, i'd like, i would like, have, want, track
    """
)
SCHEDULE = table(
    """
    schedule, set up, set, pencil in, pencil, put in, put down, slot in, block off time for, block time for,
    note, put, i have, i've got, i got, we have, we've got, there is, there's, i need, mark, create, i've, have,
    i have got, fix up, enter, it's, it is
    """
)
NOUNLESS = frozenset(
    table(
        """
    something, anything, this, it, that, these, them, a, an, the, new, an item, item, some, me, one, another,
    another one, my, task, a task, a new task, todo, reminder, a reminder, an event, event, this item,
    that item, this to, something new, list, a list, new list, a new list, following, the following, us,
    that one, this one, for me, a thing, things, stuff, some tasks, tasks, alarm, an alarm, to, of, my task,
    a todo, an entry
    """
    )
)
