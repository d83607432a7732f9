#!/usr/bin/env bash
# Measures speed and prints tables; build/bench/*.json holds the figures. No test reads them: they depend on the machine.
#   scripts/bench.sh [NAME ...]
#     golden      golden model against this processor's limit
#     onnx        golden model against ONNX Runtime on the shipped ResNet-8
#     simulation  rendering, building and running the co-simulation
#     area        density against Booth multipliers (Liberty library under LUTDLA_DATA), a search unit on an FPGA
#     accuracy    full conversion of both networks, six ways each: hours, only when named; goes on where it was stopped
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
ensure_installed \
  "dataset-fashion-mnist /usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz the images" \
  "verilator verilator the benchmark simulation" \
  "g++ g++ the benchmark simulation" \
  "yosys yosys the benchmark area"
build_release benchmarks/LutDla.Benchmarks
exec dotnet artifacts/bin/LutDla.Benchmarks/release/LutDla.Benchmarks.dll "$@"
