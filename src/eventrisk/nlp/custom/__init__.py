"""Entities with labels of the user's own: a second tagger, trained here or taken from a spaCy
pipeline.
"""
