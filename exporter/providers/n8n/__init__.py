"""n8n: a Chat Trigger webhook behind a chat of our own."""
