#!/usr/bin/env bash
# Puts a fault of one token into every expression of every template and cell, runs `lutdla verify`'s regression on each, and prints what became of them:
# killed by the regression, proven without effect by Yosys, explained in KnownEquivalents.cs, or survived. A quarter of an hour of two cores.
# The table is in build/mutants.txt while it grows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
ensure_installed "g++ g++ compiling co-simulations" "make make compiling co-simulations" "verilator verilator co-simulation" "yosys yosys proofs of equivalence"
build_release tests/LutDla.Cosim.Tests
mkdir -p build
status=0
LUTDLA_MUTANTS=$PWD/build/mutants.txt dotnet artifacts/bin/LutDla.Cosim.Tests/release/LutDla.Cosim.Tests.dll -noLogo -noColor \
  -method '*Every_mutant_is_killed_or_without_effect' >build/mutants.log || status=$?
cat build/mutants.txt
exit "$status"
