"""What is to be sent when, and the channels that send it."""
