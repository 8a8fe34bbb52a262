"""The sidebar: a widget's settings as sections of rows, each with its control.

Built from `exporter.contract.specs`; knows no provider by name. What is set goes to
the Document, and what is shown comes from there.
"""
