"""What a release names: candidates for drugs, diseases, agencies and companies, and one name for
one thing. Pure.
"""
