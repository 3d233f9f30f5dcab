//! Threads of one window: ordered maps over texts, and engines that take batches as they become free.

use crate::{Engine, Error, Outputs, TokenBatch};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Maps on `threads` threads, keeping the order.
pub(crate) fn map<T: Sync, U: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let share = items.len().div_ceil(threads.max(1)).max(1);
    let work = &work;
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            items.chunks(share).map(|chunk| scope.spawn(move || chunk.iter().map(work).collect::<Vec<_>>())).collect();
        let resume = |panic| -> Vec<U> { std::panic::resume_unwind(panic) };
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(resume)).collect()
    })
}

/// Runs every batch on whichever engine is free, the last ones (the longest) first so that no thread ends up waiting for
/// one long batch. Answers come back in the order of the batches; the first failure is the answer to all.
pub(crate) fn run(
    engines: &mut [Box<dyn Engine>],
    batches: &[Range<usize>],
    tokens: impl Fn(Range<usize>) -> TokenBatch + Sync,
) -> Result<Vec<Outputs>, Error> {
    let slots: Vec<Mutex<Option<Result<Outputs, Error>>>> = batches.iter().map(|_| Mutex::new(None)).collect();
    let work: Vec<_> = batches.iter().zip(&slots).rev().collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for engine in engines {
            scope.spawn(|| {
                while let Some((range, slot)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answer = engine.forward(&tokens((*range).clone()));
                    *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
                }
            });
        }
    });
    // Every slot is filled: the scope ends when the work does, and a panic of an engine passes through it.
    slots.into_iter().filter_map(|slot| slot.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}
