//! A JSON file as documents one after the other, or as lines.

use super::FormatError;
use super::limit::{Budget, LARGEST_MIB, Limited};
use super::refusal::Refusal;
use super::rows::Rows;
use super::walk::Root;
use serde::de::DeserializeSeed;
use std::io::{BufRead, Read};
use std::ops::ControlFlow;

/// Reads documents until the text ends. Where one cannot be read, reading ends: nobody knows where the next begins.
pub(crate) fn documents(input: impl BufRead, rows: &mut Rows<'_>) -> Result<(), FormatError> {
    let budget = Budget::new();
    let mut limited = Limited::new(input, &budget);
    let mut count = 0_u64;
    loop {
        count += 1;
        rows.begin(if count == 1 { String::new() } else { format!("document {count}") });
        budget.renew();
        let io = |source, rows: &Rows<'_>| FormatError::Io { place: rows.place(), source };
        if limited.peek().map_err(|source| io(source, rows))?.is_none() {
            return Ok(());
        }
        let mut parser = serde_json::Deserializer::from_reader(&mut limited);
        let outcome = Root::new(rows, &budget).deserialize(&mut parser);
        if rows.is_stopped() {
            return Ok(());
        }
        outcome.map_err(|source| broken(source, &budget, rows))?;
    }
}

fn broken(source: serde_json::Error, budget: &Budget, rows: &Rows<'_>) -> FormatError {
    let place = rows.place();
    if source.is_io() && budget.is_spent() {
        FormatError::TooLarge { place, limit_mib: LARGEST_MIB }
    } else if source.is_io() {
        FormatError::Io { place, source: source.into() }
    } else {
        FormatError::Json { place, source }
    }
}

/// Reads one value a line.
pub(crate) fn lines(mut input: impl BufRead, rows: &mut Rows<'_>) -> Result<(), FormatError> {
    let budget = Budget::new();
    let limit = LARGEST_MIB << 20;
    let mut line = Vec::new();
    for count in 1_u64.. {
        rows.begin(format!("line {count}"));
        line.clear();
        let io = |source, rows: &Rows<'_>| FormatError::Io { place: rows.place(), source };
        let taken =
            input.by_ref().take(limit as u64).read_until(b'\n', &mut line).map_err(|source| io(source, rows))?;
        if taken == 0 {
            break;
        }
        let whole = taken < limit || line.ends_with(b"\n");
        if !whole {
            input.skip_until(b'\n').map_err(|source| io(source, rows))?;
        }
        let flow = if whole { value(&line, &budget, rows) } else { rows.refuse(rows.place(), Refusal::TooLong) };
        if flow.is_break() || rows.is_stopped() {
            break;
        }
    }
    Ok(())
}

fn value(line: &[u8], budget: &Budget, rows: &mut Rows<'_>) -> ControlFlow<()> {
    let json = unwrapped(line.trim_ascii());
    if json.is_empty() {
        return ControlFlow::Continue(());
    }
    let mut parser = serde_json::Deserializer::from_slice(json);
    let outcome = Root::new(rows, budget).deserialize(&mut parser).and_then(|()| parser.end());
    match outcome {
        Err(_) if !rows.is_stopped() => rows.refuse(rows.place(), Refusal::NotJson),
        _ => ControlFlow::Continue(()),
    }
}

/// A line may hold the element in which its review stood on a page.
fn unwrapped(line: &[u8]) -> &[u8] {
    if !line.starts_with(b"<") {
        return line;
    }
    let begin = line.iter().position(|&byte| byte == b'>').map_or(0, |at| at + 1);
    let end = line.iter().rposition(|&byte| byte == b'<').filter(|end| *end >= begin).unwrap_or(line.len());
    line[begin..end].trim_ascii()
}
