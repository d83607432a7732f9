#!/usr/bin/env bash
# Measures speed: golden model, rendering, co-simulation. Prints tables; what can be measured depends on the processor, so no test reads them.
#   scripts/bench.sh [options of the benchmark program]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
ensure_installed \
  "g++ g++ compiling co-simulations" \
  "make make compiling co-simulations" \
  "verilator verilator co-simulation"
build_release benchmarks/LutDla.Benchmarks
exec dotnet artifacts/bin/LutDla.Benchmarks/release/LutDla.Benchmarks.dll "$@"
