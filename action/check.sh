#!/usr/bin/env bash
# Runs `mtaudit check` for the action: annotations and the job summary, and the reports that were asked for.
#
# Reads MTAUDIT_PATHS and MTAUDIT_ARGUMENTS (one a line), MTAUDIT_CONFIG, MTAUDIT_CHANGED_SINCE, MTAUDIT_SARIF,
# MTAUDIT_JUNIT and MTAUDIT_MARKDOWN; ends with the exit code of mtaudit, which it also writes to GITHUB_OUTPUT.
set -euo pipefail

arguments=(check --report github)
[ -z "${MTAUDIT_SARIF:-}" ] || arguments+=(--report "sarif=$MTAUDIT_SARIF")
[ -z "${MTAUDIT_JUNIT:-}" ] || arguments+=(--report "junit=$MTAUDIT_JUNIT")
[ -z "${MTAUDIT_MARKDOWN:-}" ] || arguments+=(--report "markdown=$MTAUDIT_MARKDOWN")
[ -z "${MTAUDIT_CONFIG:-}" ] || arguments+=(--config "$MTAUDIT_CONFIG")
# The first push of a branch has no commit before it: GitHub gives forty zeros for it.
changed_since=${MTAUDIT_CHANGED_SINCE:-}
if [ -n "${changed_since//0/}" ]; then
  arguments+=(--changed-since "$changed_since")
elif [ -n "$changed_since" ]; then
  echo "mtaudit: there is no revision to compare with, so everything is checked"
fi
while IFS= read -r argument; do
  [ -z "$argument" ] || arguments+=("$argument")
done <<< "${MTAUDIT_ARGUMENTS:-}"
paths=()
while IFS= read -r path; do
  [ -z "$path" ] || paths+=("$path")
done <<< "${MTAUDIT_PATHS:-}"
[ ${#paths[@]} -eq 0 ] || arguments+=(-- "${paths[@]}")

status=0
mtaudit "${arguments[@]}" || status=$?
[ -z "${GITHUB_OUTPUT:-}" ] || echo "exit-code=$status" >> "$GITHUB_OUTPUT"
exit "$status"
