"""What driving an agent takes: a box to run it in, its answer read, the A2A protocol, HTTP within limits."""
