"""A linear-chain conditional random field over words, affixes and gazetteer features: the tagger of
custom label sets.

It learns from twenty texts what a network needs hundreds for, and from a thousand in two minutes on
one core. Two stages, after Krishnan and Manning (ACL 2006): the second chain reads the
probabilities that the first gives to the other mentions of a word in the same text.
"""
