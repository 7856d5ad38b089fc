#!/usr/bin/env bash
# model/run.sh VERB [arguments]: runs a command of the Python half in its own environment.
# Verbs: test, check, or a file of tools/: train, evaluate, export, plot, ...
# PROCESSES=N runs the command in N processes (training on several cores or GPUs).
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
python="$here/.venv/bin/python"

verb="${1:-}"
case "$verb" in
  test | check) ;;
  *)
    if [ "$verb" = arguments ] || [ ! -f "$here/tools/$verb.py" ]; then
      verbs="$(cd "$here/tools" && printf '%s\n' [a-z]*.py | sed 's/\.py$//; /^arguments$/d' | tr '\n' ' ')"
      echo "usage: run.sh VERB [arguments]; verbs: test check $verbs" >&2
      exit 2
    fi
    ;;
esac
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

if [ "$verb" = lookbench ] || [ "$verb" = test ]; then
  wanted="$(sha256sum "$here/requirements-lookbench.txt" | cut -d' ' -f1)"
  if [ "$(cat "$here/.venv/.requirements-lookbench" 2>/dev/null || true)" != "$wanted" ]; then
    "$python" -m pip install --quiet --no-deps -r "$here/requirements-lookbench.txt"
    echo "$wanted" > "$here/.venv/.requirements-lookbench"
  fi
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
    .venv/bin/ruff format --check .
    exec .venv/bin/lint-imports --no-logo --no-cache
    ;;
  *)
    # A folder named tools where the caller stands must not stand in for ours.
    export PYTHONSAFEPATH=1
    if [ "${PROCESSES:-1}" -gt 1 ]; then
      export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
      exec "$python" -m torch.distributed.run --nproc-per-node "$PROCESSES" -m "tools.$verb" "$@"
    fi
    exec "$python" -m "tools.$verb" "$@"
    ;;
esac
