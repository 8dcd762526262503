#!/bin/sh
# Trunk runs this on the finished files, before they become dist/. It makes programs and scripts small, and draws the
# opening picture.
set -eu
cd "$TRUNK_STAGING_DIR"
manifest=$TRUNK_SOURCE_DIR/Cargo.toml
target=$(cargo metadata --manifest-path "$manifest" --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')

# Results are kept, so that a build without changes takes no time here: a directory for everything they come from.
kept() { # files or words they come from...
    printf '%s/post-build/%s' "$target" "$({ for it; do if [ -f "$it" ]; then cat "$it"; else echo "$it"; fi; done; } | cksum | tr ' ' '-')"
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

# The pages other than Explore become a file of their own, pages-*.wasm, which the script of the program loads. This comes before
# wasm-bindgen, which forgets what refers to what; so that runs once more.
split_pages() {
    app=$(basename app-*.js .js)
    pages=pages-${app#app-}
    case $TRUNK_PROFILE in release) profile=release ;; *) profile=debug ;; esac
    program=$target/wasm32-unknown-unknown/$profile/app.wasm
    parts=$(mktemp -d)
    wasm-split-cli "$program" "$parts" --target web --out-name "$app"
    wasm-bindgen "$parts/$app.wasm" --target web --no-typescript --keep-lld-exports --out-dir "$parts" --out-name "$app"
    mv "$parts/${app}_bg.wasm" .
    # Every build has names of its own, or a browser might take parts of two for one.
    mv "$parts/split_pages.wasm" "$pages.wasm"
    # What loads the file is a script of its own, imported as import1: page and worker would wait for one more answer.
    {
        echo "const import1 = {};"
        sed "/^import /d; s|^export const |import1.|; s|/split_pages.wasm|/$pages.wasm|" "$parts/__wasm_split.js"
        sed '/^import \* as import1 from/d' "$parts/$app.js"
    } >"$app.js"
    rm -r "$parts"
}

split_pages
if [ "$TRUNK_PROFILE" = release ]; then
    for tool in wasm-opt terser; do
        command -v $tool >/dev/null || { echo "$tool not found: the page stays larger than it need be" >&2; continue; }
        case $tool in
            wasm-opt) for program in app-*_bg.wasm pages-*.wasm xlsx_bg.wasm experiments_bg.wasm; do optimize "$program"; done ;;
            terser) for script in app-*.js xlsx.js experiments.js; do
                terser "$script" --module --ecma 2020 --compress passes=3 --mangle --output "$script"
            done ;;
        esac
    done
fi

# With the whole workspace selected, so that what it is built of is what the tests are built of.
cargo build --quiet --locked --manifest-path "$manifest" --workspace --bin prerender
"$target/debug/prerender" "$TRUNK_STAGING_DIR/index.html"
