#!/usr/bin/env bash
# The first load of the page must stay small: HTML, CSS, JavaScript and wasm of page and worker, compressed.
set -euo pipefail
cd "$(dirname "$0")/../dist"

budget=300000
total_gzip=0 total=0

# What a host with brotli sends; every browser of the last years takes it. Gzip is shown for hosts without.
brotli_size() {
    node -p 'zlib.brotliCompressSync(fs.readFileSync(process.argv[1])).length' "$1"
}

printf '%9s %9s %9s\n' bytes gzip brotli
for file in *.html *.css *.js *.wasm; do
    gzip=$(gzip -9c "$file" | wc -c)
    brotli=$(brotli_size "$file")
    total_gzip=$((total_gzip + gzip)) total=$((total + brotli))
    printf '%9d %9d %9d %s\n' "$(wc -c <"$file")" "$gzip" "$brotli" "$file"
done
printf '%9s %9d %9d first load; the budget is %d compressed with brotli\n' '' "$total_gzip" "$total" "$budget"
[ "$total" -le "$budget" ] || { echo "$((total - budget)) bytes over the budget" >&2; exit 1; }
