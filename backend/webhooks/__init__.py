"""What changes, told to addresses of the user's choosing, signed as Standard Webhooks says."""
