#!/usr/bin/env bash
# Installs mtaudit for the action: PyTorch's CPU build first, which is a tenth of what the package index gives on Linux.
#
# Reads MTAUDIT_INSTALL (what pip installs; empty: the checkout of the action) and MTAUDIT_PYTHON.
set -euo pipefail
action=${GITHUB_ACTION_PATH:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
python=${MTAUDIT_PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "::error title=mtaudit::$python is no Python 3.11 or newer. Put actions/setup-python before this step, or set the input python."
  exit 2
fi
"$python" -m pip install --quiet --no-deps -r "$action/requirements/cpu.txt"
"$python" -m pip install --quiet "${MTAUDIT_INSTALL:-$action}"
