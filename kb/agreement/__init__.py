"""Agreement between coders: kappa, alpha, and alpha over sets of codes, with the turn as unit."""

from kb.agreement.coefficients import Coefficient, cohen_kappa, jaccard, krippendorff_alpha, masi, nominal
from kb.agreement.ratings import CodedSource, Rater, Ratings
from kb.agreement.report import LEVELS, AgreementReport, Level, Measure, agreement

__all__ = [
    "LEVELS",
    "AgreementReport",
    "CodedSource",
    "Coefficient",
    "Level",
    "Measure",
    "Rater",
    "Ratings",
    "agreement",
    "cohen_kappa",
    "jaccard",
    "krippendorff_alpha",
    "masi",
    "nominal",
]
