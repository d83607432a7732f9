#!/usr/bin/env bash
# Mutates the C# of Hardware, Mapping and Golden with Stryker.NET, runs the fast tests on each mutant, prints the survivors and the score.
#   scripts/stryker.sh [PROJECT [FILES ...]]  such as: scripts/stryker.sh Golden '**/Reference/*.cs'
# It works on a copy of what is committed, under build/stryker. Tests by random samples take a tenth of them there, tests of other projects that
# merely use this one do not run, and those that compare each variant of the fast engine, the slowest, run for that and for the reference alone:
# so the score is a lower bound.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/lib/install.sh

ensure_dotnet
ensure_installed "nodejs node reading Stryker's report"
tools=$PWD/build/tools
[[ -x $tools/dotnet-stryker ]] || dotnet tool install --tool-path "$tools" dotnet-stryker --version 5.1.0

copy=$PWD/build/stryker
[[ -d $copy ]] || git clone -q . "$copy"
git -C "$copy" fetch -q
git -C "$copy" reset -q --hard origin/HEAD
export CsCheck_Iter=10
# A loaded machine must not pass for a mutant that never ends.
echo '{ "stryker-config": { "additional-timeout": 8000 } }' >"$copy/tests/LutDla.Tests/stryker-config.json"

declare -A tests=(
  [Hardware]="Boundary Configuration Mapping Rendering"
  [Mapping]="Configuration Cosimulation Mapping"
  [Golden]="Boundary Golden"
)
projects=(Hardware Mapping Golden)
files=()
if (($# > 0)); then
  projects=("$1")
  files=("${@:2}")
fi
for project in "${projects[@]}"; do
  output=$PWD/build/stryker-$project
  git -C "$copy" checkout -q -- tests/LutDla.Tests
  sed -i -E 's/\biter: ([0-9_]+)0\b/iter: \1/' "$copy"/tests/LutDla.Tests/*/*.cs
  for folder in "$copy"/tests/LutDla.Tests/*/; do
    [[ " ${tests[$project]} " == *" $(basename "$folder") "* ]] || rm -r "$folder"
  done
  if [[ $project == Golden && "${files[*]}" == *"/"* && "${files[*]}" != *Fast* && "${files[*]}" != *Reference* ]]; then
    sed -i -E 's/^    \[(Fact|Theory)\]/    [\1(Skip = "for the fast engine")]/' "$copy/tests/LutDla.Tests/Golden/EngineVariantTests.cs"
  fi
  (
    cd "$copy/tests/LutDla.Tests"
    "$tools/dotnet-stryker" --project "LutDla.$project.csproj" --test-runner mtp --concurrency "$(nproc)" --configuration Release \
      --skip-version-check --reporter json --reporter dots --output "$output" "${files[@]/#/--mutate=}"
  ) >"$output.log" || { tail -n 20 "$output.log" >&2; exit 1; }
  node scripts/lib/stryker-report.mjs "$project" "$output/reports/mutation-report.json"
done
