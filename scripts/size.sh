#!/usr/bin/env bash
# The first load of the page must stay small: HTML, CSS, JavaScript and wasm of page and worker until the first picture
# stands, compressed. What follows while the visitor looks at it, and what is loaded only when somebody opens an Excel
# workbook, have budgets of their own.
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
        printf '%9d %9d %9d %s\n' "$(wc -c <"$file")" "$gzip" "$brotli" "$file"
    done
    printf '%9s %9d %9d %s; the budget is %d compressed with brotli\n\n' '' "$total_gzip" "$total" "$name" "$budget"
    [ "$total" -le "$budget" ] || { echo "$name: $((total - budget)) bytes over the budget" >&2; failed=1; }
}

workbooks=(workbook.js xlsx.js xlsx_bg.wasm)
rest=(*_rest.wasm rest.css)
first=()
for file in *.html *.css *.js *.wasm; do
    [[ " ${workbooks[*]} ${rest[*]} " == *" $file "* ]] || first+=("$file")
done
weigh "first load" 300000 "${first[@]}"
weigh "the rest of the program" 300000 "${rest[@]}"
weigh "Excel workbooks" 280000 "${workbooks[@]}"
exit "$failed"
