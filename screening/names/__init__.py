"""Is this firm that firm? Folding, finding, comparing and explaining names.

The index, the comparison and the explanation share one fold, so what a reader is shown is what was compared.
"""

from screening.names.evidence import Adjusted, Beside, adjusted
from screening.names.explain import NameComparison, explain
from screening.names.fold import Folded, fold
from screening.names.index import NameIndex

__all__ = ["Adjusted", "Beside", "Folded", "NameComparison", "NameIndex", "adjusted", "explain", "fold"]
