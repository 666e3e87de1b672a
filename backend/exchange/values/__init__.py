"""How other programs write dates, repetitions, priorities and tags, as this list has them. Pure."""
