"""`mtaudit align`: write the sentence pairs of two documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def align(
    source: Annotated[Path, typer.Argument(help="The source document.")],
    target: Annotated[Path, typer.Argument(help="Its translation.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Write there: .tmx, .tsv or .jsonl.")],
    source_language: Annotated[
        str | None, typer.Option("-s", "--source-language", help="Such as en; default: found out.")
    ] = None,
    target_language: Annotated[
        str | None, typer.Option("-t", "--target-language", help="Such as de; default: found out.")
    ] = None,
    profile: Annotated[str | None, typer.Option("-p", "--profile", help="embedded (default) or checks.")] = None,
) -> None:
    """Align two documents sentence by sentence, and write the pairs."""
    from mtaudit import pipeline
    from mtaudit.cli.output import busy, check_output, open_output, warn
    from mtaudit.writers import find_writer

    write = find_writer(output)
    check_output(output, (source, target))
    with busy("aligning"):
        bitext = pipeline.aligned(
            source,
            target,
            source_language=source_language,
            target_language=target_language,
            profile=profile,
            warn=warn,
        )
    with open_output(output) as stream:
        left_out = write(bitext, stream)
    pairs = bitext.pairs or ()
    gaps = sum(not pair.source or not pair.target for pair in pairs)
    told = f"{_count(len(pairs) - gaps, 'pair')} and {_count(gaps, 'gap')} (sentences without a counterpart)"
    if left_out:
        told += f"; {_count(left_out, 'gap')} left out, as {output.suffix} holds pairs only"
    sys.stderr.write(f"mtaudit: {output}: {told}\n")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
