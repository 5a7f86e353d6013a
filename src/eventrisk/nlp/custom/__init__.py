"""Entities with custom labels: a second tagger, trained here or sourced from a spaCy pipeline."""
