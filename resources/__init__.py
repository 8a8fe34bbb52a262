"""What is not Python: the runtime, templates, devices, presets and themes.

Files to be read, and nothing that imports a neighbour: the lowest layer.
"""
