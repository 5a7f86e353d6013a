"""Fits the classifiers with scikit-learn. Deterministic."""
