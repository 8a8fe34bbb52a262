"""HTTP/1.1 to the outside as an httpx transport: asyncio below, httptools reading.

`Wire` stands under the clients that `server.outside` and `server.upstream` make; it
reaches hosts only through the dialling it is given. It is here for what a request
costs: a tenth of httpcore's, which a hundred sessions at once feel.
"""
