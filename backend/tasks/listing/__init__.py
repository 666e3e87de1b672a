"""How a question for tasks is answered: its statement, the cursors of its pages, the pages kept."""
