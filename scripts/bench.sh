#!/usr/bin/env bash
# Measures speed, density and accuracy and prints tables; build/bench/*.json holds the figures. No test reads them: times depend on the machine.
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
needs=("dataset-fashion-mnist /usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz the images")
asked=" ${*:-simulation area} "
if [[ $asked == *" simulation "* ]]; then
  needs+=("verilator verilator the benchmark simulation" "g++ g++ the benchmark simulation" "make make the benchmark simulation")
fi
if [[ $asked == *" area "* ]]; then needs+=("yosys yosys the benchmark area"); fi
ensure_installed "${needs[@]}"
build_release benchmarks/LutDla.Benchmarks
exec dotnet artifacts/bin/LutDla.Benchmarks/release/LutDla.Benchmarks.dll "$@"
