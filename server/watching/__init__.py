"""What the operator and the owner get to know: numbers, metrics, logs, readiness.

Never what was said, never an address, never a secret. It stands around the app
(`requests`) and beside the routes (`tallies`, `owner_page`).
"""
