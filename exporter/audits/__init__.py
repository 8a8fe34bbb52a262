"""The rules of the check before delivery, one file each.

A module has one function, `audit(subject)`, that yields findings; `exporter.audit`
finds it by being here. A rule knows settings by their paths, never a provider by
name: where a provider lacks the path, the rule is silent.
"""
