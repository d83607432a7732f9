#!/usr/bin/env bash
# Writes every committed file that is made from others; look at the diff, then commit it together with what it was made from.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
build_release src/LutDla.Cli
lutdla=artifacts/bin/LutDla.Cli/release/lutdla

"$lutdla" schema --out docs/design.schema.json
for config in configs/*.json; do
  "$lutdla" generate --config "$config" --out "generated/$(basename "$config" .json)"
done
git status --short docs/design.schema.json generated
