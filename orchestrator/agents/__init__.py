"""A prompt and its context in, a typed outcome out."""
