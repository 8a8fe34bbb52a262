"""OpenAI ChatKit: OpenAI's own chat frame, and the sessions it needs."""
