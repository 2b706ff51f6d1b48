#!/usr/bin/env bash
# Make a virtual environment with Khabar in it: setup.sh PYTHON VENV LOCK
set -euo pipefail
python=$1 venv=$2 lock=$3

stop() { printf 'khabar: %s\n' "$1" >&2; exit 1; }

command -v "$python" >/dev/null || stop "Khabar needs Python 3.11 or newer; install it, or say which one: make PYTHON=/path/to/python"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  stop "Khabar needs Python 3.11 or newer, $python is $("$python" -V); say which one to use: make PYTHON=/path/to/python"

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  # Debian and Ubuntu ship venv apart from Python
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    echo "installing $package …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package"; } >/dev/null ||
      stop "could not install $package; install it and run make again"
  else
    stop "Python's venv module is missing; install it (Debian, Ubuntu: apt-get install python3-venv) and run make again"
  fi
fi

echo "setting up $venv …"
"$python" -m venv --clear "$venv"
"$venv/bin/python" -m pip install -q --disable-pip-version-check -r "$lock"
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
