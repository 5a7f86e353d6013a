"""Composition for those who train: data in, a bundle and an honest report out."""
