"""The owner's API: widgets, versions and secrets of the licence whose token is shown.

FastAPI routes over `server.store`; `routes.add_owner_routes` joins them to the app of
`server.api`. Nothing here is meant for a visitor's page.
"""
