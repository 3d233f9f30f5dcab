//! Makes the table of the report's languages from the files of `locales/`: a language is a file, and needs no code.
//!
//! The name of a file is the language's code. What a file says is judged by the tests, not here.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

#[expect(clippy::disallowed_methods, reason = "an intermediate file that cargo makes again after a crash")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut languages = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "ftl") {
            let code = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a file name is not UTF-8")?;
            let place = path.to_str().ok_or("a path is not UTF-8")?;
            languages.push((code.to_owned(), place.to_owned()));
        }
    }
    // A folder is read in any order; lists and tests want one.
    languages.sort();
    let mut table = String::from("&[");
    for (code, place) in languages {
        write!(table, "({code:?}, include_str!({place:?})),")?;
    }
    table.push(']');
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    std::fs::write(Path::new(&out).join("translations.rs"), table)?;
    Ok(())
}
