#!/bin/sh
# Trunk runs this on the finished files, before they become dist/. It makes program and script small, and parts the program.
set -eu
cd "$TRUNK_STAGING_DIR"
scripts=$TRUNK_SOURCE_DIR/scripts

[ "$TRUNK_PROFILE" = release ] || exit 0
for tool in node wasm-opt terser; do
    command -v $tool >/dev/null || { echo "$tool not found: the page stays larger than it need be" >&2; exit 0; }
done

# Results are kept, so that a build without changes takes no time here: a directory for everything they come from.
kept() { # files or words they come from...
    printf '%s/target/post-build/%s' "$TRUNK_SOURCE_DIR" "$({ for it; do if [ -f "$it" ]; then cat "$it"; else echo "$it"; fi; done; } | cksum | tr ' ' '-')"
}

optimize() { # program
    # What is called once stays a function (fimfs), and nothing lies in the first kilobyte of memory, where the stack ends.
    options="-Oz -ocimfs 0 -fimfs 0 --low-memory-unused --optimize-added-constants
        --strip-debug --strip-producers --enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int
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

# What the first picture does without goes into a file of its own.
part() { # script, program, rest
    kept=$(kept "$1" "$2" "$scripts/split.mjs" "$scripts/seen.mjs" "$scripts/wat.mjs")
    if [ ! -f "$kept/rest" ]; then
        node "$scripts/split.mjs" "$@" || { echo "the program stays in one part" >&2; return 0; }
        mkdir -p "$kept"
        cp "$1" "$kept/script"; cp "$2" "$kept/program"; cp "$3" "$kept/new" && mv "$kept/new" "$kept/rest"
    fi
    cp "$kept/script" "$1"; cp "$kept/program" "$2"; cp "$kept/rest" "$3"
    sed 's/ data-wasm=/ data-rest data-wasm=/' index.html >index.new && mv index.new index.html
}

for program in app-*_bg.wasm xlsx_bg.wasm; do
    script=${program%_bg.wasm}.js
    node "$scripts/shorten.mjs" "$script" "$program"
    optimize "$program"
    case $program in app-*) part "$script" "$program" "${program%_bg.wasm}_rest.wasm" ;; esac
    terser "$script" --module --ecma 2020 --compress passes=3 --mangle --output "$script"
done
