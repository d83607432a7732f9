#!/usr/bin/env bash
# Looks for inputs of any command and format that end in an unhandled exception, a stack trace, a crash, or with something half-written:
# legal files are changed value by value and byte by byte. For a night; scripts/test.sh runs a small sample.
#   scripts/fuzz.sh [--inputs N] [--processes N] [--seed S]  N inputs in process (100,000) and as processes (1,000), numbered from S (1) on
#   scripts/fuzz.sh --replay NUMBER                          one input again, and how it ends
# Prints counts by target and exit code. Inputs that fail are kept, with the command line, under build/fuzz; then the exit code is 1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
build_release fuzz/LutDla.Fuzz
exec dotnet artifacts/bin/LutDla.Fuzz/release/LutDla.Fuzz.dll "$@"
