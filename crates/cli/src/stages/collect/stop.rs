//! The word to stop: a signal, or a time that is over.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;

/// Listens for the word to stop as long as it lives.
pub(super) struct Stopping {
    word: watch::Receiver<bool>,
    keyboard: Arc<AtomicBool>,
    handle: Handle,
}

impl Stopping {
    /// SIGTERM is how an orderly stop is asked for; SIGINT is an interruption, and the exit code says so.
    pub(super) fn on_signals(at_most: Option<Duration>) -> std::io::Result<Self> {
        let mut signals = Signals::new([SIGTERM, SIGINT])?;
        let handle = signals.handle();
        let (say, word) = watch::channel(false);
        let say = Arc::new(say);
        let keyboard = Arc::new(AtomicBool::new(false));
        if let Some(at_most) = at_most {
            let say = Arc::clone(&say);
            std::thread::spawn(move || {
                std::thread::sleep(at_most);
                say.send_replace(true);
            });
        }
        let interrupted = Arc::clone(&keyboard);
        std::thread::spawn(move || {
            for signal in signals.forever() {
                interrupted.fetch_or(signal == SIGINT, Ordering::Relaxed);
                say.send_replace(true);
            }
        });
        Ok(Self { word, keyboard, handle })
    }

    /// Turns true when it is time to stop.
    pub(super) fn word(&self) -> watch::Receiver<bool> {
        self.word.clone()
    }

    pub(super) fn by_keyboard(&self) -> bool {
        self.keyboard.load(Ordering::Relaxed)
    }
}

impl Drop for Stopping {
    fn drop(&mut self) {
        self.handle.close();
    }
}
