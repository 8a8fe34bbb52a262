"""The widget in Chromium, through Playwright."""
