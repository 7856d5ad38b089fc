#!/usr/bin/env bash
# model/run.sh VERB [arguments]: runs a verb of the Python half in its own environment.
# Verbs: test, check, or a module of armoire with a main: train, evaluate, export, plot, ...
# PROCESSES=N runs the verb in N processes (training on several cores or GPUs).
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
python="$here/.venv/bin/python"

verb="${1:?usage: run.sh VERB [arguments]}"
shift

wanted="$(sha256sum "$here/requirements.txt" | cut -d' ' -f1)"
if [ "$(cat "$here/.venv/.requirements" 2>/dev/null || true)" != "$wanted" ]; then
  if [ ! -x "$python" ]; then
    base="${PYTHON:-python3}"
    "$base" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
      { echo "model/run.sh needs Python 3.11 or newer; PYTHON names another one" >&2; exit 1; }
    "$base" -m venv "$here/.venv"
  fi
  "$python" -m pip install --quiet -r "$here/requirements.txt"
  echo "$wanted" > "$here/.venv/.requirements"
fi

export PYTHONPATH="$here${PYTHONPATH:+:$PYTHONPATH}"
case "$verb" in
  test)
    cd "$here"
    exec "$python" -m pytest -q "${@:-tests}"
    ;;
  check)
    cd "$here"
    .venv/bin/ruff check .
    exec .venv/bin/ruff format --check .
    ;;
  *)
    if [ "${PROCESSES:-1}" -gt 1 ]; then
      export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
      exec "$python" -m torch.distributed.run --nproc-per-node "$PROCESSES" -m "armoire.$verb" "$@"
    fi
    exec "$python" -m "armoire.$verb" "$@"
    ;;
esac
