#!/usr/bin/env bash
# Measures speed, density and accuracy and prints tables; build/bench/*.json holds the figures. No test reads them: times depend on the machine.
#   scripts/bench.sh [NAME ...] [--threads N] [--preset NAME] [--visits N] [--yosys system|yowasp]
#     golden      golden model against this processor's limit
#     onnx        golden model against ONNX Runtime on the shipped ResNet-8
#     simulation  rendering, building and running the co-simulation
#     estimate    cycles of a network's layers for many designs, by the closed form and by the cycle model
#     explore     points a second: area, power and cycles of ResNet-20 (--technology), only when named
#     memories    errors of the models of memory macros, and of scaling between nodes (tables of macros under LUTDLA_DATA)
#     area        density against Booth multipliers (Liberty library under LUTDLA_DATA), a search unit on an FPGA
#     area-error  estimated areas of random cores against synthesis (--liberty, --technology, --cores): an hour, only when named
#     power-error the same of slowest paths and power, on cores that are simulated at gate level: an hour, only when named
#     training    a step of LUTBoost's training against one of float training: time, where it goes, memory; ResNet-20 (CIFAR-10 under LUTDLA_DATA)
#     accuracy    full conversion of both networks, six ways each: hours, only when named; goes on where it was stopped
#     curve       accuracy of ResNet-20 over bits, 64 formats, a table and a picture: hours, only when named; goes on where it was stopped
#     ablation    what each part of LUTBoost is good for: ResNet-8 converted in some forty ways, three seeds: hours, only when named; goes on where it was stopped
# --yosys is for area. --threads is for training, curve and ablation; --preset (fast) and --visits are for curve.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
needs=("dataset-fashion-mnist /usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz the images")
asked=" ${*:-simulation area} "
if [[ $asked == *" simulation "* ]]; then
  needs+=("verilator verilator the benchmark simulation" "g++ g++ the benchmark simulation" "make make the benchmark simulation")
fi
if [[ ($asked == *" area "* && $asked != *" yowasp "*) || $asked == *"-error "* ]]; then needs+=("yosys yosys the benchmark area"); fi
ensure_installed "${needs[@]}"
build_release benchmarks/LutDla.Benchmarks
exec dotnet artifacts/bin/LutDla.Benchmarks/release/LutDla.Benchmarks.dll "$@"
