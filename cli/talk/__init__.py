"""Commands that talk: what a sentence means, and the conversation in a terminal."""
