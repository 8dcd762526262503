//! What splits the program needs to know what refers to what: see scripts/post-build.sh.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
        println!("cargo:rustc-link-arg-bins=--emit-relocs");
    }
}
