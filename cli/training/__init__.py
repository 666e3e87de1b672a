"""Training the judge of the built-in engine: `./todo train language`."""
