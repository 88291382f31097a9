"""Is this address that address? Folding, finding, comparing and explaining addresses."""

from screening.addresses.compare import SAME, SAME_HOUSE
from screening.addresses.explain import AddressComparison, explain
from screening.addresses.fold import Address, fold
from screening.addresses.index import AddressIndex

__all__ = ["SAME", "SAME_HOUSE", "Address", "AddressComparison", "AddressIndex", "explain", "fold"]
