#!/bin/sh
# Trunk runs this on the finished files, before they become dist/. It makes programs and scripts small, and draws the
# opening picture.
set -eu
cd "$TRUNK_STAGING_DIR"

# Results are kept, so that a build without changes takes no time here: a directory for everything they come from.
kept() { # files or words they come from...
    printf '%s/target/post-build/%s' "$TRUNK_SOURCE_DIR" "$({ for it; do if [ -f "$it" ]; then cat "$it"; else echo "$it"; fi; done; } | cksum | tr ' ' '-')"
}

optimize() { # program
    # Twice: the second time finds what the first one made alike.
    options="-Oz -Oz --strip-debug --strip-producers --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int
        --enable-sign-ext --enable-mutable-globals --enable-multivalue --enable-reference-types"
    kept=$(kept "$options" "$1")
    if [ ! -f "$kept/program" ]; then
        mkdir -p "$kept"
        # shellcheck disable=SC2086 # Several options.
        wasm-opt $options "$1" -o "$kept/new"
        mv "$kept/new" "$kept/program"
    fi
    cp "$kept/program" "$1"
}

if [ "$TRUNK_PROFILE" = release ]; then
    for tool in wasm-opt terser; do
        command -v $tool >/dev/null || { echo "$tool not found: the page stays larger than it need be" >&2; continue; }
        case $tool in
            wasm-opt) for program in app-*_bg.wasm xlsx_bg.wasm experiments_bg.wasm; do optimize "$program"; done ;;
            terser) for script in app-*.js xlsx.js experiments.js; do
                terser "$script" --module --ecma 2020 --compress passes=3 --mangle --output "$script"
            done ;;
        esac
    done
fi

cargo run --quiet --locked --manifest-path "$TRUNK_SOURCE_DIR/Cargo.toml" --package normlab-prerender -- \
    "$TRUNK_STAGING_DIR/index.html"
