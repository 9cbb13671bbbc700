"""What is done with cases. Other parts of identification call these."""

from identification.services.cases.opening import Applicant, open_case
from identification.services.cases.signing import sign_case
from identification.services.cases.stepping import fire_case

__all__ = ["Applicant", "fire_case", "open_case", "sign_case"]
