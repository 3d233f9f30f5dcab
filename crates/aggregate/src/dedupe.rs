//! Each post once: of rows with the same source and id the last in stream order wins.
//!
//! The lake normally holds each post once, and this only makes sure: it sorts 64-bit hashes of all ids and looks for
//! neighbours that are equal. Only rows behind equal hashes are compared id by id, so a collision costs time and never
//! a post.

use crate::hash;
use crate::scan::{Scan, hashed, numbers, texts};
use polars::prelude::*;
use polso_store::columns::name;
use std::collections::HashMap;

const ROW: &str = "row";

/// The scan's rows without those that a later row replaces.
pub(crate) fn each_post_once(scan: &Scan) -> Result<LazyFrame, polso_store::Error> {
    let doubtful = equal_hashes(scan)?;
    if doubtful.is_empty() {
        return Ok(scan.rows());
    }
    let doubtful = UInt64Chunked::from_vec("doubtful".into(), doubtful).into_series();
    let candidates = scan
        .rows()
        .with_row_index(ROW, None)
        .select([col(ROW), col(name::SOURCE), col(name::POST_ID), id()])
        .filter(scan.is_one_of("id", &doubtful)?);
    let candidates = scan.collect(candidates)?;
    let replaced = scan.read(&candidates, replaced)?;
    tracing::debug!(rows = replaced.len(), "rows replaced by later ones");
    let replaced = UInt32Chunked::from_vec("replaced".into(), replaced).into_series();
    let is_replaced = scan.is_one_of(ROW, &replaced)?;
    Ok(scan.rows().with_row_index(ROW, None).filter(is_replaced.not()))
}

/// The hash of a post's source and id.
pub(crate) fn id() -> Expr {
    let both = |columns: &mut [Column]| -> PolarsResult<Column> {
        let (sources, posts) = (columns[0].u64()?, columns[1].u64()?);
        let ids: UInt64Chunked =
            sources.iter().zip(posts.iter()).map(|(source, post)| Some(hash::then(source?, post?))).collect();
        Ok(ids.with_name("id".into()).into_series().into())
    };
    map_multiple(both, [hashed(name::SOURCE), hashed(name::POST_ID)], |_, _| {
        Ok(Field::new("id".into(), DataType::UInt64))
    })
    .alias("id")
}

fn equal_hashes(scan: &Scan) -> Result<Vec<u64>, polso_store::Error> {
    let ids = scan.collect(scan.rows().select([id()]))?;
    let mut ids = scan.read(&ids, |ids| numbers(ids, "id"))?;
    ids.sort_unstable();
    let mut equal: Vec<u64> = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    equal.dedup();
    Ok(equal)
}

/// The numbers of rows that have a later row with the same source and id.
fn replaced(candidates: &DataFrame) -> PolarsResult<Vec<u32>> {
    let rows = candidates.column(ROW)?.u32()?.iter().flatten();
    let ids = texts(candidates, name::SOURCE)?.into_iter().zip(texts(candidates, name::POST_ID)?);
    let mut last: HashMap<(String, String), u32> = HashMap::new();
    let mut replaced = Vec::new();
    for (row, id) in rows.zip(ids) {
        let kept = last.entry(id).or_insert(row);
        if *kept != row {
            replaced.push(row.min(*kept));
            *kept = row.max(*kept);
        }
    }
    replaced.sort_unstable();
    Ok(replaced)
}
