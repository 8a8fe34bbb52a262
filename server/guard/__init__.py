"""Who may do what, and how often: signed tokens, page origins, addresses, limits.

Above it stand the routes (`server.api`); below it the parts (`server.parts`) and the
keys of the store. `server.visitors` says who somebody is, this says whether they may.
"""
