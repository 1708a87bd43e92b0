"""What an audit shows in a notebook: itself as a small table, and all its pairs as a pandas data frame."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from mtaudit.errors import ConfigError
from mtaudit.pipeline import all_rules
from mtaudit.reporters.base import ReportOptions
from mtaudit.types import Audit

if TYPE_CHECKING:
    from pandas import DataFrame


def to_html(audit: Audit, top: int = 10) -> str:
    """The worst `top` suspects as an HTML fragment without scripts; all texts in it are escaped.

    Raises:
        ConfigError: if `top` is negative.
    """
    from mtaudit.reporters import fragment

    stream = io.StringIO()
    fragment.report(audit, stream, _options(top))
    return stream.getvalue()


def to_dataframe(audit: Audit) -> DataFrame:
    """One row a pair, worst first.

    The columns are `index`, `rank`, `suspicion`, `calibrated`, `alignment`, `similarity`; `source` and `target`, which
    are missing for gaps, and where they begin (`source_line`, `source_column`, `target_line`, `target_column`, from 1);
    `unit` (the id that the file gives the pair); of the findings their number (`findings`), the worst `severity`, the
    ids of the `rules`, each once, and the `messages`, worst first, both as tuples; `back_translation`; and a column for
    every score of a pair, under the name that it has in the JSON report, such as `estimator.major`.

    Raises:
        ConfigError: if pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        remedy = "Run `pip install 'mtaudit[notebook]'`"
        raise ConfigError("to_dataframe", "it needs pandas, which is not installed", remedy) from error
    from mtaudit.reporters.frame import INTEGERS, TEXTS, columns

    made = columns(audit, _options(None))
    types = dict.fromkeys(INTEGERS, "Int64") | dict.fromkeys(TEXTS, "string")
    return pd.DataFrame({name: pd.Series(values, dtype=types.get(name)) for name, values in made.items()})


def _options(top: int | None) -> ReportOptions:
    return ReportOptions({rule.id: rule for rule in all_rules()}, all_pairs=top is None, top=top)
