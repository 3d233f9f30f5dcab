//! For a program that is built with libtorch: refuses another version of it than the code is written against, and lets the
//! program find the libraries where it was built, without `LD_LIBRARY_PATH`, for a cron job has none.

use std::path::Path;

/// What the crate `tch` is written against.
const VERSION: &str = "2.4.0";

fn main() {
    println!("cargo:rerun-if-env-changed=LIBTORCH");
    println!("cargo:rerun-if-changed=build.rs");
    let libtorch = std::env::var_os("LIBTORCH").filter(|_| std::env::var_os("CARGO_FEATURE_LIBTORCH").is_some());
    let Some(libtorch) = libtorch else { return };
    let folder = Path::new(&libtorch);
    let header = folder.join("include/torch/csrc/api/include/torch/version.h");
    let found = std::fs::read_to_string(&header).unwrap_or_default();
    let is_right = found.lines().any(|line| line.trim() == format!("\"{VERSION}\""));
    assert!(
        is_right,
        "LIBTORCH is `{}`, which is not libtorch {VERSION}; scripts/libtorch.sh gets that version",
        folder.display()
    );
    // Not `runpath`, which the libraries' own needs would not inherit.
    println!("cargo:rustc-link-arg=-Wl,--disable-new-dtags,-rpath,{}", folder.join("lib").display());
}
