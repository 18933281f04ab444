"""The heart: challenges, codes, the lock, and the gate. Plain Python; knows no web."""
