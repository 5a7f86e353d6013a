"""Which words are diseases: dictionary, head words and modifiers, widened to the whole phrase.
Pure.
"""
