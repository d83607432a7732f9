#!/usr/bin/env bash
# Writes every committed file that is made from others; look at the diff, then commit it together with what it was made from.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
build_release src/LutDla.Cli
lutdla=artifacts/bin/LutDla.Cli/release/lutdla

"$lutdla" schema --out docs/design.schema.json
"$lutdla" schema --of space --out docs/space.schema.json
for config in configs/*.json; do
  folder=generated/$(basename "$config" .json)
  rm -rf "$folder" # generate refuses files that a merge has changed
  "$lutdla" generate --config "$config" --out "$folder"
done
git status --short docs/design.schema.json docs/space.schema.json generated
