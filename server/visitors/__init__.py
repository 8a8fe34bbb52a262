"""Who a visitor is to a backend: an id signed here, or one that the site vouches for.

The routes ask it through the desk (`server.guard.hosted`). No cookie is set: the page
keeps its id in its own storage, which browsers part by site.
"""
