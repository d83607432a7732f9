#!/usr/bin/env bash
# Measures speed and prints tables; build/bench/*.json holds the figures. No test reads them: they depend on the machine.
#   scripts/bench.sh [golden|onnx ...]   golden: against this processor's limit; onnx: against ONNX Runtime on the shipped ResNet-8
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
ensure_installed "dataset-fashion-mnist /usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz the comparison with ONNX Runtime"
build_release benchmarks/LutDla.Benchmarks
exec dotnet artifacts/bin/LutDla.Benchmarks/release/LutDla.Benchmarks.dll "$@"
