"""Trains what finds names in a pipeline."""
