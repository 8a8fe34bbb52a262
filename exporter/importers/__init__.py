"""The sources a widget can be brought along from, one file each.

`TITLE` names the source, `read(text)` recognises it, `provider_of(options)` says
whose widget it becomes, `TABLE` has every option that it knows.
"""
