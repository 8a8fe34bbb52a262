"""One folder a provider, all with the same file names.

`settings.py` its sections and widget, `runtime.py` what the page may know,
`samples.py` whole widgets to start from, `provider.py` the value that ties them.
A provider imports the contract and never another provider.
"""
