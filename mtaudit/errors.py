"""The exception tree.

    MtauditError            anything a user can mend; the command line ends with exit code 2
    ├── InputError          a file or text that cannot be audited
    │   ├── UnreadableError     missing, a folder, no permission, binary, undecodable
    │   ├── EmptyError          nothing left to audit
    │   ├── FormatError         not what its suffix says, or a suffix that nobody reads
    │   └── LanguageError       the text is not in the language that was said
    ├── ConfigError         an option, a rule name, models.yaml
    ├── ModelError          a model that is missing, broken, or does not cover the languages
    └── EngineError         a process that shared the work is gone

Each message says where, what is wrong, and what to do.
"""

from __future__ import annotations


class MtauditError(Exception):
    """Something a user can mend: `place` (file, line, option), `cause` and `remedy`, without full stops."""

    def __init__(self, place: str, cause: str, remedy: str) -> None:
        super().__init__(place, cause, remedy)
        self.place = place
        self.cause = cause
        self.remedy = remedy

    def __str__(self) -> str:
        end = "" if self.remedy.endswith("?") else "."
        return f"{self.place}: {self.cause}. {self.remedy}{end}"


class InputError(MtauditError):
    """A file or text that cannot be audited."""


class UnreadableError(InputError):
    """Missing, a folder, no permission, binary, or in no known encoding."""


class EmptyError(InputError):
    """Nothing is left to audit."""


class FormatError(InputError):
    """The file is not what its suffix says, or nobody reads that suffix."""


class LanguageError(InputError):
    """The text is not in the language that was said, or in none that is known."""


class ConfigError(MtauditError):
    """An option, a rule name or `models.yaml` is wrong."""


class ModelError(MtauditError):
    """A model is missing or broken, or does not cover the languages."""


class EngineError(MtauditError):
    """A process that shared the work ended before its part was done."""
