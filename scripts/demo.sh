#!/usr/bin/env bash
# The whole way once: a trained network becomes lookup tables, the tables run in generated Verilog, the Verilog equals the golden model.
# Everything it makes is in build/demo; run it again and it uses what is still good.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

weights=networks/resnet8-fashion.safetensors
config=configs/edge.json
images=4
out=build/demo

step() { printf '\n== %s\n' "$*"; }

ensure_dotnet
ensure_installed \
  "g++ g++ compiling the simulation" \
  "make make compiling the simulation" \
  "verilator verilator simulating the Verilog" \
  "yosys yosys synthesis" \
  "dataset-fashion-mnist /usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz the images"
build_release src/LutDla.Cli
lutdla=artifacts/bin/LutDla.Cli/release/lutdla
mkdir -p "$out"

step "converting $weights by LUTBoost"
"$lutdla" convert --weights "$weights" --config "$config" --preset fast --out "$out/resnet8-l1.safetensors" --json "$out/convert.json"

step "accuracy of the golden model, exact integers"
"$lutdla" infer --network "$out/resnet8-l1.safetensors" --json "$out/infer.json"

step "generating $config"
"$lutdla" generate --config "$config" --out "$out/edge"

step "simulating every LUT layer on $images images, without and with stalls"
"$lutdla" simulate --network "$out/resnet8-l1.safetensors" --config "$config" --images "$images" --json "$out/simulate.json"
"$lutdla" simulate --network "$out/resnet8-l1.safetensors" --config "$config" --images 1 --stalls 7

step "synthesising $config"
"$lutdla" synth --config "$config" --target xilinx --json "$out/synth.json" >"$out/synth.txt"
tail -n 8 "$out/synth.txt"

step "all of it"
"$lutdla" report --results "$out/convert.json" "$out/infer.json" "$out/simulate.json" "$out/synth.json"
