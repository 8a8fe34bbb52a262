"""The steps, in the order of their numbers; a step that was shipped never changes."""
