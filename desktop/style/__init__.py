"""How the app looks: tokens, the style sheet made of them, icons, light and dark.

The only place where the app's own colours stand. Imports Qt and the standard
library alone, since it runs before the first pixel.
"""
