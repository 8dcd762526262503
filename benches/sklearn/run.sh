#!/bin/sh
# The works of experiments in Rust beside scikit-learn and NumPy: a table of medians and their ratio.
set -eu
cd "$(dirname "$0")/../.."
python3 -m venv target/sklearn
target/sklearn/bin/pip install --quiet numpy scikit-learn
cargo bench --quiet -p normlab-experiments --bench experiments >target/experiments.tsv
target/sklearn/bin/python benches/sklearn/works.py >target/sklearn.tsv
awk -F '\t' '
  BEGIN { print "| work | Normlab, ms | scikit-learn, ms | times as long |\n|---|---:|---:|---:|" }
  NR == FNR { other[$1] = $2; next }
  $1 in other { printf "| %s | %.3g | %.3g | %.3g |\n", $1, $2, other[$1], other[$1] / $2; next }
  { printf "| %s | %.3g | | |\n", $1, $2 }
' target/sklearn.tsv target/experiments.tsv
