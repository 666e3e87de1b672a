"""How quickly, steadily and leanly the assistant works with a hosted model: `./todo bench chat`."""
