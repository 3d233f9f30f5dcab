//! Lets a program that is built with libtorch find its libraries where it was built, without `LD_LIBRARY_PATH`: a cron job has
//! none.

use std::path::Path;

fn main() {
    println!("cargo:rerun-if-env-changed=LIBTORCH");
    println!("cargo:rerun-if-changed=build.rs");
    let Some(libtorch) = std::env::var_os("LIBTORCH") else { return };
    if std::env::var_os("CARGO_FEATURE_LIBTORCH").is_some() {
        // Not `runpath`, which the libraries' own needs would not inherit.
        println!("cargo:rustc-link-arg=-Wl,--disable-new-dtags,-rpath,{}", Path::new(&libtorch).join("lib").display());
    }
}
