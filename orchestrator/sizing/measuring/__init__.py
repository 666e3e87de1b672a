"""What the release uses while it is used: load through its front door, readings from the cluster."""
