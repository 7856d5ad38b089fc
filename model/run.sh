#!/usr/bin/env bash
# model/run.sh VERB [arguments]: runs a verb of the Python half in its own environment.
# Verbs: test, check, or a module of armoire with a main: train, evaluate, export, plot, ...
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

verb="${1:?usage: run.sh VERB [arguments]}"
shift

wanted="$(sha256sum requirements.txt | cut -d' ' -f1)"
if [ "$(cat .venv/.requirements 2>/dev/null || true)" != "$wanted" ]; then
  [ -x .venv/bin/python ] || "${PYTHON:-python3}" -m venv .venv
  .venv/bin/python -m pip install --quiet -r requirements.txt
  echo "$wanted" > .venv/.requirements
fi

case "$verb" in
  test) exec .venv/bin/python -m pytest -q tests "$@" ;;
  check)
    .venv/bin/ruff check .
    exec .venv/bin/ruff format --check .
    ;;
  *) exec .venv/bin/python -m "armoire.$verb" "$@" ;;
esac
