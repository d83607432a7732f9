#!/usr/bin/env bash
# Runs every test: installs what is missing, builds once, runs the test projects one after another.
# The last line is "N passed, N failed" or "N passed, N failed, N skipped"; the exit code is 0 only if none failed.
#   scripts/test.sh [xunit options for each project, such as -class "*Bit*"]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
ensure_installed \
  "g++ g++ compiling co-simulations" \
  "make make compiling co-simulations" \
  "verilator verilator co-simulation and lint" \
  "iverilog iverilog the second opinion on lint and gate-level simulation" \
  "yosys yosys synthesis" \
  "opensta sta timing of mapped designs" \
  "qflow-tech-osu018 /usr/share/qflow/tech/osu018/osu018_stdcells.lib gate-level simulation" \
  "libonnx-testdata /usr/share/libonnx-testdata/data/node operator tests of ONNX import" \
  "dataset-fashion-mnist /usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz training and accuracy"
ensure_yowasp
build_release

passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  printf '\n== %s\n' "$name"
  status=0
  # Failures and skips appear as they happen; a test that runs for long is named once a minute.
  dotnet "artifacts/bin/$name/release/$name.dll" -noLogo -noColor -longRunning 60 "$@" 2>&1 | tee "$log" || status=$?

  # Example: "   LutDla.Tests  Total: 24, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 2.012s"
  if summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1); then
    count() { sed -E "s/.*$1: ([0-9]+).*/\1/" <<<"$summary"; }
    skips=$(count Skipped)
    faults=$(($(count Failed) + $(count Errors)))
    passed=$((passed + $(count Total) - $(count Failed) - skips - $(count 'Not Run')))
    failed=$((failed + faults))
    skipped=$((skipped + skips))
    ((status == 0 || faults > 0)) || failed=$((failed + 1))
  elif ((status != 0)); then
    printf '%s ended with exit code %d and no summary\n' "$name" "$status"
    failed=$((failed + 1))
  fi
done

echo
if ((skipped > 0)); then
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
else
  printf '%d passed, %d failed\n' "$passed" "$failed"
fi
((failed == 0))
