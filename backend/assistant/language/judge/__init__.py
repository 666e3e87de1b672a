"""A trained judge of readings: whether the rules' reading of a message may change the list.

``verdict`` decides, on what ``model`` knows of ``features``; ``instead`` reads the words as another tool; ``limits``
answers what this program does not do. The weights are made by ``./todo train language``.
"""
