#!/usr/bin/env bash
# The page must stay light: what is loaded before its opening picture stands, and each program, have a budget each, in bytes
# compressed with brotli.
set -euo pipefail
cd "$(dirname "$0")/../dist"

failed=0

# What a host with brotli sends; every browser of the last years takes it. Gzip is shown for hosts without.
brotli_size() {
    node -p 'zlib.brotliCompressSync(fs.readFileSync(process.argv[1])).length' "$1"
}

weigh() { # name, budget, files...
    local name=$1 budget=$2 total_gzip=0 total=0 file gzip brotli && shift 2
    printf '%9s %9s %9s\n' bytes gzip brotli
    for file; do
        gzip=$(gzip -9c "$file" | wc -c)
        brotli=$(brotli_size "$file")
        total_gzip=$((total_gzip + gzip)) total=$((total + brotli))
        weighed+=("$file")
        printf '%9d %9d %9d %s\n' "$(wc -c <"$file")" "$gzip" "$brotli" "$file"
    done
    printf '%9s %9d %9d %s; the budget is %d compressed with brotli\n\n' '' "$total_gzip" "$total" "$name" "$budget"
    [ "$total" -le "$budget" ] || { echo "$name: $((total - budget)) bytes over the budget" >&2; failed=1; }
}

weighed=()
weigh "the page with its styles and its opening picture" 60000 index.html icon-*.svg
weigh "the program of page and session" 729000 app-*.js app-*_bg.wasm
weigh "the pages other than Explore" 130000 pages-*.wasm
weigh "the program that reads workbooks" 300000 xlsx.js xlsx_bg.wasm
weigh "the program of the experiments" 652000 experiments.js experiments_bg.wasm

# What nobody weighs would grow.
for file in *; do
    [ -d "$file" ] || [[ " ${weighed[*]} " == *" $file "* ]] || { echo "$file has no budget" >&2; failed=1; }
done
exit "$failed"
