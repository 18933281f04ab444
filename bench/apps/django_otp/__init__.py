"""django-otp with django-two-factor-auth: who is signed in, but not verified, is asked for the code of a device alone.

Counter, throttle and the refusal of a code taken before are django-otp's own; texts come from two_factor's phones.
"""
