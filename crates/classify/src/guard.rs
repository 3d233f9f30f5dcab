//! Libraries that panic where they mean an error.

use std::cell::Cell;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside a call whose panic becomes an error: a panic hook has nothing to say then.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// What a library says where it panics.
#[cfg(feature = "libtorch")]
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    GUARDED.set(true);
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    GUARDED.set(false);
    outcome.map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        // The first line says what, the others are a trace through the library.
        text.and_then(|text| text.lines().next()).unwrap_or("no reason was given").to_owned()
    })
}
