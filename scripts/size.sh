#!/usr/bin/env bash
# The first load of the page must stay small: HTML, CSS, JavaScript and wasm of page and worker, compressed.
set -euo pipefail
cd "$(dirname "$0")/../dist"

budget=300000
total=0 total_brotli=0

# Node has brotli; without it only gzip is shown.
brotli_size() {
    command -v node >/dev/null || { echo 0; return; }
    node -p 'zlib.brotliCompressSync(fs.readFileSync(process.argv[1])).length' "$1"
}

printf '%9s %9s %9s\n' bytes gzip brotli
for file in *.html *.css *.js *.wasm; do
    gzip=$(gzip -9c "$file" | wc -c)
    brotli=$(brotli_size "$file")
    total=$((total + gzip)) total_brotli=$((total_brotli + brotli))
    printf '%9d %9d %9d %s\n' "$(wc -c <"$file")" "$gzip" "$brotli" "$file"
done
printf '%9s %9d %9d first load; the budget is %d gzipped\n' '' "$total" "$total_brotli" "$budget"
[ "$total" -le "$budget" ] || { echo "$((total - budget)) bytes over the budget" >&2; exit 1; }
