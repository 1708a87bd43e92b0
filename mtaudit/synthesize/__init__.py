"""Plants known errors into good translations: what the estimator learns from and what `mtaudit probe` measures with.

Every kind of error is a function that changes a pair at one place and says exactly where a reader would mark it, with
the MQM category and severity. All chance comes from the `random.Random` that is handed in: the same seed gives the same
errors.

Synthetic errors for training judges of translations: Sellam et al. 2020 (BLEURT); Tuan et al. 2021, "Quality Estimation
without Human-labeled Data"; for critical errors Kanojia et al. 2021, "Pushing the Right Buttons".
"""

from mtaudit.synthesize.edits import Context, PlantedError, PlantedPair
from mtaudit.synthesize.kinds import KINDS, Kind, plant

__all__ = ["KINDS", "Context", "Kind", "PlantedError", "PlantedPair", "plant"]
