#!/bin/sh
# Trunk runs this on the finished files, before they become dist/. It optimizes the program.
set -eu
cd "$TRUNK_STAGING_DIR"

[ "$TRUNK_PROFILE" = release ] || exit 0
command -v wasm-opt >/dev/null || { echo "wasm-opt not found: the page stays larger than it need be" >&2; exit 0; }

for program in app-*_bg.wasm; do
    # Results are kept, so that a build without changes takes no time here.
    kept="$TRUNK_SOURCE_DIR/target/wasm-opt/$(cksum <"$program" | tr ' ' '-').wasm"
    if [ ! -f "$kept" ]; then
        mkdir -p "$(dirname "$kept")"
        wasm-opt -O3 --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
            --enable-mutable-globals --enable-multivalue --enable-reference-types "$program" -o "$kept.new"
        mv "$kept.new" "$kept"
    fi
    cp "$kept" "$program"
done
