"""Pieces of talk. A message of nothing but such pieces, in any order, asks for nothing ("ok thanks, bye!")."""

from ..pattern import table

GREETINGS = table(
    """
    hi, hello, hey, heya, hiya, howdy, yo, sup, wassup, whatsup, hi there, hello there, hey there, good morning,
    mornin, good afternoon, good evening, good day, gm, whats up, whats new, long time no see, nice to meet you,
    nice meeting you, pleased to meet you, good to see you, good to see you again, im back, you there, anyone there,
    anybody there, anyone home, are you there, you awake, you up, are you awake, hello again, hi again,
    how did you sleep, did you sleep well, hows life, hows everything, hows it going, how are you, how are ya,
    how are you doing, how r u, hru, how are things, how have you been, hows your day, how was your day,
    how you doing, how is your day going, hows your day going, happy new year, merry christmas, happy birthday,
    happy easter, happy halloween, happy friday, happy monday, happy holidays, happy thanksgiving, merry xmas,
    welcome back, nice to see you, ahoy, ahoy hoy, ahoy there, aloha, heyo, hey yo, ello, gday, good day mate,
    salutations, hallo, hej, ciao bella, bonjour, hola amigo, guten tag, guten morgen, konnichiwa, namaste,
    buenos dias, salut, top of the morning, rise and shine, wakey wakey, tgif, its friday, hump day, happy hump day,
    happy weekend, happy sunday, happy tuesday, happy wednesday, happy thursday, happy saturday, im home, im home now,
    im back home, knock knock
    """
)
THANKS = table(
    """
    thanks, thank you, thank u, thankyou, thx, thnx, thanx, tx, ty, tysm, tyvm, cheers, much appreciated, many thanks,
    much obliged, appreciate it, i appreciate it, appreciated, appreciate that, i appreciate that, i appreciate you,
    thanks a lot, thanks a bunch, thanks a million, thanks so much, thanks for everything, thanks for your help,
    thank you for your help, thanks for the help, thank you for the help, thanks for that, thanks for helping,
    thanks for all your help, thanks for doing that, thanks for the reminder, thanks for reminding me,
    thanks for your time, thanks anyway, ta, merci, gracias, danke, i owe you one, lifesaver, youre a lifesaver,
    you are a lifesaver, youre a star, youre a legend, youre an angel, bless you, that was helpful, thats helpful,
    very helpful, super helpful, so helpful, that helps, that helped, that helps a lot, you helped a lot, big help,
    that was a big help, thats a big help, youve been very helpful, youve been a great help, you were a big help
    """
)
FAREWELLS = table(
    """
    bye, bye bye, byebye, goodbye, good bye, cya, cu, ciao, adios, farewell, so long, see you, see ya, see you later,
    see ya later, see you soon, see you around, see you then, see you next time, catch you later, catch ya later,
    talk to you later, talk to you soon, talk later, talk soon, ttyl, ttys, later, laters, l8r, until next time,
    till next time, good night, goodnight, gnight, gn, nite nite, nighty night, night night, sleep well, sleep tight,
    sweet dreams, take care, take it easy, peace, peace out, over and out, thats all, that is all, thats it,
    thats all i need, that is all i need, thats all i needed, thats all i wanted, that is all i wanted,
    thats it for now, thats all for now, thats all for today, thats it for today, thats everything, that will be all,
    thatll be all, nothing else, nothing more, im done for today, im off, im out, im heading out, im going to bed,
    im off to bed, off to bed, gotta go, got to go, gtg, g2g, i gotta go, i have to go, i have to go now, i gotta run,
    gotta run, brb, be right back, bbl, afk, ill be back, have a good one, have a nice day, have a good day,
    have a great day, have a good night, have a nice evening, have a good evening, have a nice weekend,
    have a good weekend, have a great weekend, have fun, signing off, logging off, we are done here, were done here,
    im done here, you can go now, speak soon, speak to you later, sayonara, hasta la vista, hasta luego, au revoir,
    auf wiedersehen, arrivederci, tschuss, toodles, toodle oo, ta ta, cheerio, godspeed, bon voyage, bonne nuit,
    gute nacht, buenas noches, i have to get going, i need to get going, i gotta get going, i should get going,
    id better get going, time to get going, i need to go, i need to go now, i have to leave, i have to leave now,
    i must go, i must be going, i should go, id better go, i have to run, i need to run, i have to head out,
    ive got to go, ive gotta go, ive got to run, back in five, back in a bit, back in a minute, back soon,
    lets talk later, lets talk soon, lets talk tomorrow, lets talk again, until tomorrow, i am off, im leaving now,
    im going now, later gator, see you later alligator
    """
)
PRAISE = table(
    """
    great, perfect, awesome, cool, nice, good, fine, super, sweet, lovely, wonderful, brilliant, excellent, amazing,
    fantastic, terrific, splendid, superb, neat, dope, sick, lit, ace, rad, fab, wow, whoa, woah, wowza, yay, yay me,
    woohoo, woo, hooray, hurray, nice one, nice job, nice work, good job, good work, good stuff, good bot, good call,
    great job, great work, well done, way to go, bravo, kudos, congrats, you rock, you rule, youre great,
    youre awesome, youre amazing, youre the best, youre the man, youre good, youre so good at this, youre smart,
    youre funny, love it, love that, love this, i love it, i love you, i like you, i like it, i like that,
    thats great, thats perfect, thats awesome, thats cool, thats good, thats nice, thats fine, thats amazing,
    thats funny, thats right, thats a lot, that is a lot, thats wild, thats crazy, that was fast, that was quick,
    that was easy, that was nice, that was great, so cool, so nice, so good, very good, very nice, very cool,
    pretty cool, pretty good, not bad, not too bad, all good, its all good, no worries, no problem, no prob, np, yw,
    youre welcome, you are welcome, my pleasure, dont worry, dont worry about it, it doesnt matter, doesnt matter,
    never better, sounds good, sounds great, sounds like a plan, looks good, looks great, looks right, lgtm,
    works for me, that works, that works for me, fair enough, makes sense, that makes sense, got it, gotcha, i got it,
    i see, i get it, i understand, understood, noted, roger, roger that, copy that, will do, ok, okay, okey,
    okey dokey, okie dokie, k, kk, alright, alrighty, right, right on, righto, aight, word, bet, true, indeed,
    exactly, same here, me too, same, i know, i know right, ikr, tell me about it, lol, lmao, rofl, haha, hahaha,
    hehe, ha, omg, omfg, oh my god, oh my, oh my goodness, oh boy, oh man, oh well, oh, ah, aww, ugh, argh, meh, phew,
    gosh, geez, jeez, yikes, damn, dang, darn, shoot, crap, wtf, bummer, hmm, hm, huh, eh, um, uh, er, tbh, idk, idc,
    whatever, yeah, yep, yup, yea, nah, nope, not bad at all, no big deal, its ok, its okay, its fine, im good,
    im fine, im ok, im okay, im here, im bored, im tired, im happy, im sad, im hungry, im sleepy, im back now,
    im ready, im not sure, i dont know, i dunno, dunno, not sure, no idea, i have no idea, i guess, i guess so,
    i think so, i hope so, i suppose, i dont think so, i doubt it, maybe, perhaps, possibly, probably, maybe later,
    perhaps later, not today, not now, not yet, not right now, not at the moment, another time, some other time,
    lets see, well see, we will see, let me see, let me think, let me think about it, ill think about it,
    i need to think, i need to think about it, give me a second, give me a sec, give me a minute, give me a moment,
    one second, one sec, one moment, one minute, just a second, just a sec, just a moment, just a minute, hold on,
    hang on, wait, wait a second, wait a minute, wait a sec, bear with me, never mind, nvm, nevermind, sorry,
    so sorry, my bad, my apologies, im sorry, pardon me, excuse me, just kidding, jk, kidding, only joking,
    just joking, im just kidding, just testing, testing, test, this is a test, testing testing, just a test, ping,
    hello world, are you serious, you serious, seriously, for real, really, no way, are you sure, you sure,
    are you kidding, are you kidding me, you kidding, no kidding, you dont say, guess what, how come, why not, why,
    so what, what if, how rude, how nice, how cool, how so, who cares, good for you, good question, good point,
    good idea, great idea, what a day, what a week, long day, rough day, busy day, its been a long day, thats life,
    thats too bad, too bad, whatever you say, if you say so, you know, you know what, i mean, anyway, anyways,
    moving on, lets go, come on, cmon, lets do this, here we go, there you go, there we go, ta da, voila, bingo, boom,
    yes, no, sure, of course, absolutely, definitely, certainly, totally, for sure, sure thing, you bet, by all means,
    with pleasure, my dear, yes please, no thanks, no thank you, please, pretty please, go on, go ahead, good luck,
    wish me luck, fingers crossed, absolutely not, hell no, hell yes, hell yeah, no chance, not at all,
    definitely not, of course not, certainly not, not really, not much, not much you, just checking in, just checking,
    just saying hi, just saying hello, just wanted to say hi, just passing by, sorry about that, about that, my fault,
    not a problem, no prob, that will do, that works too, yeah right, as if, sort of, kind of, kinda, sorta, i agree,
    agreed, i disagree, fine, ok fine, fine then, thats true, so true, tell me more, interesting, how interesting,
    cool story, nice try, close enough, whoa, woah, wow, holy cow, holy moly, good to know, i knew it, told you,
    told you so, i told you so, up to you, its up to you, your call, nay, nada, nein, non, nyet, nuh uh, uh uh,
    uh huh, mhm, mmhmm, hell nah, heck no, heck yes, heck yeah, no siree, no sir, not a chance, no thank u, negative,
    affirmative, aye, aye aye, si, oui, ja, da, invalid, valid, thats valid, its valid, ill pass, i pass, i will pass,
    im going to pass, hard pass, pass on that, count me in, count me out, im in, im down, im game, bring it on,
    almost there, at last, finally, clever, smart, smart answer, clever answer, cunning, shush, hush, be quiet,
    shut up, go away, leave me alone, piece of cake, easy peasy, easy as pie, cut it out, knock it off, stop it,
    i need a break, i need a hug, i need a nap, i give up, i quit, on second thought, on second thought no,
    lets flip for it, maybe one maybe the other, maybe so, maybe not, could go either way, same difference,
    whatever works, whatever floats your boat, easy does it, you wish, dream on, as you wish, as you like,
    my lips are sealed, nothing new, same thing, long story, never ever, not likely, unlikely, likely, plausible,
    goddammit, god damn, dammit, damn it, bloody hell, crikey, blimey, good grief, my goodness, for goodness sake,
    for heavens sake, oh snap, aw snap, took you long enough, about time, its about time, well well, well well well,
    look at that, look at you, speak of the devil, either way, either is fine, both are fine,
    doesnt make a difference, nothing much, nothing really, not a lot, same old, same old same old, living the dream,
    cant complain, could be better, could be worse, so so, hanging in there, im great, im doing well, im doing great,
    im doing good, im doing fine, im doing ok, doing well, doing good, pretty well, all right, youre funny,
    youre so funny, thats hilarious, very funny, so funny, hilarious, good one, nailed it, beautiful, lovely, superb,
    splendid, marvelous, outstanding, stellar, top notch, keep it up, keep up the good work, way to go, bravo,
    congrats, congratulations, you did it, we did it, i did not know that, i didnt know that, is that so,
    is that right, oh really, you think so, i wish, if only, we shall see, time will tell, who knows, god knows,
    beats me, search me
    """
)
REPEATS = table(
    """
    repeat that, repeat, say that again, say it again, say again, come again, once more, one more time, again please,
    repeat yourself, repeat what you said, repeat your answer, repeat the last part, repeat the question,
    repeat your last message, repeat that last part, repeat that last bit, say that one more time, say that once more,
    what did you say, what did you just say, what was that, what was that again, sorry what, what, pardon,
    i beg your pardon, excuse me what, i didnt hear you, i didnt hear that, i didnt catch that, i didnt get that,
    i missed that, i didnt understand, i didnt understand that, i dont understand, i dont get it, i dont follow,
    what do you mean, what do you mean by that, what does that mean, huh what, you what, wait what, come again please,
    explain that, explain, explain that again, explain yourself, explain it again, explain that to me, clarify,
    clarify that, elaborate, rephrase that, rephrase, say that slower, speak slower, speak up, speak louder,
    slow down, speak slowly, talk slower, be more specific, go over that again, run that by me again, tell me again,
    tell me that again, tell me one more time, read that again, read it again, could you say that again, im confused,
    im lost, that makes no sense, that doesnt make sense, thats not clear, thats confusing, thats not what i said,
    you misunderstood, you misunderstood me, you didnt understand, you didnt understand me, you got it wrong,
    you got that wrong, you dont understand, you are wrong, youre wrong, thats wrong, thats incorrect,
    thats not right, that is wrong, thats not true, youre not listening, are you listening, were you listening,
    are you even listening, listen, did you hear me, did you hear that, did you get that, did you get it,
    did you catch that, do you hear me, do you understand, did you understand, you get me, you know what i mean,
    get it, got that
    """
)
# Said beside a piece of talk, these add nothing to it.
FILLERS = frozenset(
    table(
        """
    mate, man, bro, bruh, dude, buddy, pal, friend, my friend, dear, sir, maam, guys, folks, all, everyone, everybody,
    bot, assistant, siri, alexa, google, olly, robot, computer, there, then, so much, very much, a lot, a bunch,
    again, now, today, tonight, for now, for today, anyway, too, as well, though, tho, please, pls, plz, kindly, just,
    so, and, but, well, oh, ok, okay, really, very, actually, you, u, could you, can you, would you, will you,
    could u, can u, would you mind, for me, to me, already, again please, yes, no, to you, to you too, you too, love,
    hun, hon, babe, champ, chief, boss, do, lovely, tomorrow, next week, next time, on monday, monday, later, soon,
    in the morning, this weekend, sorry, hey, hi, also, i, honestly, seriously, literally, lol, ha, haha, i think,
    i said, a
    """
    )
)
# Remarks on the assistant's own answers are made of these words alone, one of the second table among them: "please
# confirm it", "you have understood my instructions perfectly", "I don't mind either".
ON_ANSWERS = frozenset(
    table(
        """
    i, you, your, yours, u, me, my, it, that, this, the, a, an, to, for, of, on, in, at, about, with, is, are, was,
    were, be, been, am, not, no, dont, didnt, isnt, wasnt, doesnt, wouldnt, do, does, did, done, doing, have, has,
    had, got, get, getting, will, would, could, can, please, kindly, again, once, more, further, bit, little, one,
    time, last, previous, thing, things, part, sentence, answer, answers, reply, response, command, commands,
    instruction, instructions, question, request, word, words, statement, message, said, say, saying, told, tell,
    asked, ask, mean, meant, think, believe, sure, just, now, what, which, how, there, so, very, really, all, well,
    good, great, nice, perfect, exactly, perfectly, properly, fully, completely, rightly, right, sorry, but, and, or,
    yes, yeah, yep, yup, yeap, nope, uhh, uh, oh, ok, okay, hey, hi, olly, ai, assistant, siri, alexa, quite, its,
    thats, youre, youve, im, ive, ill, id, idea, any, anything, anyone, whatever, whichever, both, choice, up, too,
    thank, thanks, help, work, job, also, still, if, as, from, by, than, only, myself, yourself, quickly, detail,
    details, check, make, made, need, want, wanted, some, something, like, way, here, stop, wait, hear, hearing,
    listening, follow, listen, see, let, know, much, absolutely, totally, definitely, truly
    """
    )
)
OF_ANSWERS = frozenset(
    table(
        """
    confirm, confirmation, verify, rephrase, elaborate, clarify, clarification, explain, explanation, repeat,
    understood, understand, understanding, misunderstood, misunderstand, misheard, incorrect, incorrectly, mistaken,
    wrong, wrongly, correct, correctly, appreciate, appreciated, gratitude, grateful, thankful, mind, matter, matters,
    care, either, bother, preference, opinion, clearer, simpler, unclear, confusing, confused, yeap, accurate,
    accurately, assistance, brilliant
    """
    )
)
