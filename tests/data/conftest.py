import sys
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
sys.path.insert(0, str(DATA))  # data/ holds scripts, not a package
