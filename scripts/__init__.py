"""Builds of corpus and model, cards, experiments and benchmarks.

Run from the top of the repository: ``python -m scripts.corpus.build``.
"""
