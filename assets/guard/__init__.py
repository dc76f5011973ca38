"""What keeps a secret in and a forged line out.

What belongs here: addresses that hold a secret, and characters that make a shown line look other
than it is. What does not: who shows what (assets/cli/, assets/pages/, assets/watch/).
"""
