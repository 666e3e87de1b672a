"""Reading beside the event loop: the language engine in a process of its own, which can be ended."""
