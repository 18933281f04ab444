"""The two ways to reach a phone. One file for each provider; a new one is a file to copy."""
