"""Words that point at tasks of the last turns instead of naming them."""

ONE = ("it", "that", "this", "that one", "this one", "that task", "this task", "that item", "this item", "the task", "the item", "that thing",
       "that todo", "the last one you added", "the one i just added", "the one you just added", "the last task", "that reminder",
       "the reminder", "what i just added", "the last task i added", "the last one i added", "the task i just added", "the same",
       "the same one", "the same task", "the new one", "the one above", "this reminder", "the last added task", "the one i added",
       "the last thing i added", "this event", "that event", "that alarm", "this alarm", "the todo")  # fmt: skip
MANY = ("them", "those", "these", "they", "all of them", "both", "both of them", "all of those", "all of these", "all those", "those two",
        "these two", "the two", "those tasks", "these tasks", "them all", "them both", "all three", "all three of them", "those ones",
        "these ones", "every one of them", "each of them", "both of those", "both tasks", "each one", "all of the above", "the both of them",
        "those items", "these items", "all these", "the lot", "all of it", "those three")  # fmt: skip
# Of those, the ones that name two.
TWO = frozenset(("both", "both of them", "those two", "these two", "the two", "them both", "both of those", "both tasks", "the both of them"))
OTHER = ("the other", "the other one", "other one", "the others", "the other ones", "the rest", "the remaining ones", "the rest of them",
         "the other task", "the other two", "other")  # fmt: skip
ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "5th": 4, "sixth": 5, "6th": 5,
    "seventh": 6, "7th": 6, "eighth": 7, "8th": 7, "ninth": 8, "9th": 8, "tenth": 9, "10th": 9, "last": -1, "bottom": -1, "top": 0, "final": -1,
    "latter": -1, "former": 0, "middle": 1,
}  # fmt: skip
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "couple": 2, "couple of": 2, "few": 3,
}  # fmt: skip
