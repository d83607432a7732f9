#!/usr/bin/env bash
# Shows whether a change of structure changed anything that users get: RTL of 65 designs, seeds, three converted networks, their schedules and simulations.
#   scripts/snapshot.sh           compares with tests/snapshots and ends with 1 where something differs
#   scripts/snapshot.sh --accept  writes tests/snapshots anew: for a change that is meant
# The hashes of converted networks are those of one kind of processor (AVX-512), so no test compares them; the RTL's are a test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
build_release
lutdla=$PWD/artifacts/bin/LutDla.Cli/release/lutdla
out=$PWD/build/snapshots
rm -rf "$out"
mkdir -p "$out"

LUTDLA_SNAPSHOT=$out dotnet artifacts/bin/LutDla.Tests/release/LutDla.Tests.dll -noLogo -noColor -class '*RtlSnapshotTests' -class '*RegressionDrawTests' >"$out/tests.log"

# convert NAME METRIC VECTOR_LENGTH WEIGHTS CONFIG: a quick conversion, its schedule and its simulation without what a clock measured.
convert() {
  local network=$out/$1.safetensors
  "$lutdla" convert --weights "networks/$4" --preset fast --metric "$2" --vector-length "$3" --seed 7 --out "$network" >"$out/convert.log"
  printf '%s %s\n' "$1" "$(sha256sum "$network" | cut -d ' ' -f 1)" >>"$out/artefacts.txt"
  "$lutdla" schedule --network "$network" --config "configs/$5.json" --images 3 --json "$out/schedule-$1.json" >/dev/null
  "$lutdla" simulate --network "$network" --config "configs/$5.json" --metric "$2" --images 1 --json "$out/simulate-$1.json" >/dev/null
  sed -i -E '/"(build_seconds|run_time|was_cached|version)":/d' "$out/simulate-$1.json" "$out/schedule-$1.json"
}
convert resnet8-l1 l1 4 resnet8-fashion.safetensors edge
convert lenet5-l1 l1 2 lenet5-fashion.safetensors edge
convert lenet5-l2 l2 4 lenet5-fashion.safetensors reference
rm -f "$out"/*.safetensors "$out"/*.log

if [[ ${1:-} == --accept ]]; then
  rm -rf tests/snapshots
  cp -r "$out" tests/snapshots
  git status --short tests/snapshots
else
  diff -r tests/snapshots "$out" && echo "no difference"
fi
