"""What a request may cost: bytes, seconds, its turn. Each limit stands around the application by itself."""

from screening.service.limits.body import BodyLimit
from screening.service.limits.crowd import CrowdLimit
from screening.service.limits.rate import RateLimit
from screening.service.limits.time import TimeLimit

__all__ = ["BodyLimit", "CrowdLimit", "RateLimit", "TimeLimit"]
