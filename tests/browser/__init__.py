"""The Chromium suite: people of the demo at real browsers, before the real program in a process of its own."""
