"""Which words are companies: the issuer with its ticker, and every company a release names.
Pure.
"""
