"""What is trained, as scikit-learn estimators: they clone, search, pipe and validate as any other;
no pickle.
"""

from eventrisk.learn.estimators.classes import CalibratedLinear
from eventrisk.learn.estimators.labelwise import LabelwiseLinear
from eventrisk.learn.estimators.vectorizer import ReleaseVectorizer
from eventrisk.learn.estimators.weighter import TermWeighter

__all__ = ["CalibratedLinear", "LabelwiseLinear", "ReleaseVectorizer", "TermWeighter"]
