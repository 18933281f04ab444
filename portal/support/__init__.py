"""The two support desks: cases, what each desk may do, and help for somebody who lost every authenticator.

Nobody at a desk sees or sets a password, a code, a secret or payment data.
"""
