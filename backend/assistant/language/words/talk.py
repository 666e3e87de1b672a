"""Talk that changes nothing: greetings, thanks, small talk, questions about the assistant."""

from ..pattern import table

GREETINGS = table(
    """
    hi, hello, hey, hey there, hi there, hello there, good morning, good afternoon, good evening, good day,
    morning, evening, yo, hiya, howdy, greetings, sup, hola, what's up, hi again
    """
)
THANKS = table(
    """
    thanks, thank you, thanks a lot, thank you so much, thank you very much, thx, ty, cheers, much appreciated,
    many thanks, tysm, thanks so much, great thanks, perfect thanks, ok thanks, thanks a bunch, appreciate it,
    i appreciate it, thanks for your help, thank you for your help, thanks for the help, great thank you,
    awesome thanks, perfect thank you, cool thanks, nice thanks, ok thank you, thanks again, thank u
    """
)
PRAISE = table(
    """
    great, perfect, awesome, cool, nice, good, good job, great job, well done, nice work, love it, wonderful,
    brilliant, excellent, good work, you're great, you're awesome, you're the best, i love you, amazing,
    fantastic, sweet, you are great, you are awesome, you are the best, that's great, that's perfect, nice one,
    nice job, good bot, you rock, sounds good, looks good, fine, all good, that's fine, lol, haha, ha, wow, k,
    ok, okay, alright, got it, i see, right, makes sense, hmm, hm, um, uh, oh, great work
    """
)
GOODBYES = table(
    """
    bye, goodbye, good bye, see you, see you later, see ya, later, bye bye, talk to you later, ttyl, that's all,
    that is all, that's it, that will be all, nothing else, i'm done for today, have a nice day, nothing,
    good night, goodnight, night
    """
)
HELP = table(
    """
    help, help me, what can you do, what can i say, what can i ask, what can i ask you, how do you work,
    how does this work, what do you do, commands, what are your commands, show help, i need help,
    how do i use this, how do i use you, what can i do, what can i do here, what else can you do, options,
    instructions, show me what you can do, examples, give me an example, give me some examples,
    show me some examples, usage, manual, ?, tutorial, what are you able to do, what do you understand,
    what kind of things can you do, how can you help me, how can you help, can you help me, what is this,
    what's this, what features do you have, how do i add a task, how do i delete a task, how do i add tasks,
    how do i complete a task, how do i add a reminder, how do i undo, how do i set a due date,
    how do i create a task, how do i edit a task, what things can you do, what are your features,
    what can this do, can you help, what should i say, how can i add a task, how can i use you,
    tell me what you can do, how do reminders work, how do tags work, what are tags, what are projects,
    how do projects work, what can i ask you about, what should i ask you, what should i ask you about,
    what questions can i ask, what questions can i ask you, what tasks can you do, what tasks can you complete,
    what tasks can you do for me, what tasks can you complete for me, what are the things you can help me with,
    what things can you help me with, what can you help me with, what can you help with,
    tell me what you are capable of, what are you capable of, what can i use you for, what are my commands,
    what are the commands, what commands are there, list of commands, show me the commands, what can you do for me
    """
)
ABOUT = table(
    """
    who are you, what are you, what's your name, what is your name, are you a robot, are you a bot,
    are you human, are you an ai, who made you, who created you, who built you, do you have a name,
    are you there, are you real, are you chatgpt, are you an llm, do you speak other languages,
    do you speak english, how old are you, where are you from, tell me about yourself, do you use ai,
    which model are you, what model are you, do you understand me, can you hear me, are you alive,
    do you love me, are you smart, are you free, do you store my data, is my data safe
    """
)
HOW_ARE_YOU = table(
    """
    how are you, how are you doing, how's it going, how is it going, how do you do, how are things,
    how have you been, you ok, how r u, how was your day, how's your day, how are you today, how's everything
    """
)
# Begin a request that no list of tasks can serve.
ELSEWHERE = table(
    """
    weather, joke, news, time is it, meaning of life, capital of, stock price, play music, sing, temperature,
    translate, recipe for, score of the, president of, president, square root, population, exchange rate,
    tell me a story, story, fun fact, favorite color, favourite colour
    """
)
YES = table(
    """
    yes, yeah, yep, yup, sure, ok, okay, do it, go ahead, yes please, please do, right, correct, that's right,
    y, confirm, confirmed, absolutely, of course, definitely, go for it, sounds good, yes do it, yes go ahead,
    affirmative, fine, exactly, yes that's right, please, sure thing, indeed, ya, yea, yes sure, sure go ahead,
    yes that is it, yes that's it, uh huh, mhm, mm hmm, mh hmm, yessir, yes sir,
    ok do it, ok go ahead, yes all of them, yes delete them, yes delete it, proceed, continue, i'm sure,
    yes i'm sure, why not
    """
)
NO = table(
    """
    no, nope, nah, no thanks, no thank you, n, don't, do not, please don't, not now, negative, no don't, no way,
    naw, na, nu uh, nu-uh, nuh uh, nuh-uh, noop, negatory, no sir, no no, not at all, false,
    don't do it, don't do that, no wait, of course not, not really, no stop
    """
)
NEVER_MIND = table(
    """
    never mind, nevermind, nvm, forget it, forget that, forget about it, cancel, cancel that, stop, leave it,
    skip it, drop it, no never mind, abort, never mind that, ignore that, ignore it, scratch it, don't bother,
    let it be, leave it as it is, quit, no forget it, none, none of them, neither, none of these,
    neither of them, none of those, not any of them, cancel that command, cancel this command, cancel the command,
    cancel that input, cancel the input, cancel that request, cancel my request, cancel this request,
    cancel what you were doing, cancel what you're doing, stop what you're doing, stop what you were doing,
    cancel that action, cancel the action, cancel the current action, cancel this action
    """
)
# Remarks ("the weather is lovely today") tell how something is or was. These words say how; none says what there is to
# do, as "ready", "due", "low" and "important" would.
STATES = frozenset(
    table(
        """
    good, great, bad, nice, fine, lovely, awful, terrible, horrible, amazing, awesome, fantastic, wonderful,
    beautiful, gorgeous, perfect, excellent, brilliant, incredible, okay, ok, alright, decent, mediocre, crazy,
    insane, wild, weird, strange, odd, funny, hilarious, fun, boring, dull, interesting, exciting, annoying,
    frustrating, irritating, exhausting, tiring, stressful, hectic, chaotic, busy, quiet, calm, peaceful, relaxing,
    tough, hard, rough, difficult, easy, long, slow, late, fast, loud, noisy, crowded, packed, hot, cold, warm,
    cool, chilly, freezing, humid, windy, sunny, rainy, cloudy, snowy, stormy, foggy, wet, icy, dark, bright, gray,
    grey, gloomy, miserable, depressing, disappointing, disgusting, gross, delicious, tasty, yummy, spicy, happy,
    sad, mad, angry, upset, worried, anxious, nervous, scared, afraid, excited, thrilled, proud, jealous, lonely,
    bored, tired, exhausted, sleepy, hungry, thirsty, starving, stuffed, sick, ill, unwell, sore, dizzy, hungover,
    drunk, stressed, overwhelmed, frustrated, annoyed, confused, lost, lazy, grumpy, cranky, moody, rude, mean,
    kind, sweet, cute, adorable, smart, stupid, dumb, silly, useless, broken, dead, down, closed, expensive, cheap,
    huge, high, better, best, worse, worst, wrong, unfair, ridiculous, surreal, special, productive, eventful, glad,
    grateful, thankful, sorry, ashamed, pregnant, injured, well, unbelievable, lame, warmer, colder, hotter, nicer,
    harder, easier, longer, busier, dreadful, pleasant, unpleasant, glorious, stunning, dreary, muggy, mild,
    sleepless, heartbroken, devastated, weirdly, badly, killing, hurting, aching, shining, raining, snowing,
    pouring, melting, disaster, nightmare, mess, blast, success, failure, joke, bummer, drag, delight, waste, shame,
    pity, blur, whirlwind
    """
    )
)
DEGREES = frozenset(
    table(
        """
    so, very, really, too, pretty, quite, rather, super, extremely, totally, absolutely, completely, incredibly,
    kinda, kind, sort, bit, little, just, still, again, always, also, all, already, now, such, even, much, more,
    most, less, way, actually, honestly, literally, finally, seriously, that, this, going, gonna, to, be, getting,
    feeling, looking, doing, turning, acting, being, been, a, an, the, my, our, one, of
    """
    )
)
PERIODS = frozenset(
    ("day", "week", "night", "morning", "afternoon", "evening", "weekend", "month", "year", "weather", "luck")
)
PEOPLE = frozenset(
    table(
        """
    i, we, you, he, she, they, it, that, this, there, everyone, everybody, everything, someone, somebody, something,
    nobody, nothing
    """
    )
)
# Finite verbs that only tell: behind any subject; behind one that cannot be part of a name; behind "I" and "she" alone.
WERE = frozenset(("was", "were", "went", "came", "said", "sucks", "suck", "sucked", "happened", "died", "hurts"))
TOLD = frozenset(
    table(
        """
    called, texted, visited, asked, told, gave, made, took, bought, had, got, ate, drank, slept, woke, forgot, fell,
    thought, knew, flew, broke, crashed, failed, won, arrived, rained, snowed, overslept, began, hurt, does not, do
    not, did not, can not, could not, will not, would not, have not, has not, smells, stinks
    """
    )
)
TOLD_BY_PEOPLE = frozenset(
    table(
        """
    meant, saw, felt, lost, heard, left, ran, swam, drove, rode, sang, spent, wore, stood, sat, broke, love, like,
    hate, enjoy, miss, hope, think, guess, wish, wonder, know, believe, agree, doubt, bet, suppose, adore, dislike,
    prefer, feel like, never, have no
    """
    )
)
# Finite verbs that tell where a state follows.
BEING = frozenset(
    table(
        """
    is, are, am, has been, have been, will be, might be, may be, could be, would be, seem, seems, seemed, look,
    looks, looked, feel, feels, felt, sound, sounds, sounded, taste, tastes, tasted, get, gets
    """
    )
)
FORECASTS = frozenset(("will", "might", "may", "could", "would", "rains", "snows"))
# Behind a subject that names a clause, or after a verb that asks for something, nothing is told.
CLAUSES = frozenset(
    table(
        """
    if, whether, that, what, who, when, where, why, how, which, because, until, so, to, ensure, verify, hope, see,
    know, figure, let, keep, help, never, have, remember, imagine, note, wish, please, be, feel, look, stay, why
    """
    )
)
