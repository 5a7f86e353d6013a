"""What part of a release is what: header, sections, sentences, dateline, title, day and issuer.
Pure.
"""
