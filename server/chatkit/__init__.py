"""The ChatKit protocol, spoken by our server in front of whatever answers.

`routes` is HTTP, `conversations` what each request comes to (`answers`, `histories`),
`turns` the answers under way, `threads` where conversations are kept (in memory, or in
`server.store`), `backends` has one adapter a file. Above it stands `server.api`.
"""
