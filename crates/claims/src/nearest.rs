//! Which of many vectors lie nearest to others: exactly, by multiplying all of them with int8 kernels.
//!
//! A hundred thousand vectors of 384 bytes are 38 MB; multiplying them with a block of posts is cheaper than keeping an
//! index that answers approximately and must be rebuilt with every new claim.
//!
//! Invariants
//! * A cosine is the one that [`Vector::cosine`] gives, to the last bit, on every machine.
//! * Equal cosines are ordered by row.
//!
//! It knows no claims: posts are compared with posts in the same way.

use crate::Error;
use polso_domain::Vector;
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix, QuantParams};
use rten_tensor::{Matrix, NdTensorView};

/// Rows multiplied at a time, and queries: their products, 256 KiB, stay in the cache of a core until they are looked at.
const ROWS: usize = 1024;
const QUERIES: usize = 64;

/// Products looked at together before each by itself.
const GLANCE: usize = 32;

/// How much smaller a rounded cosine may be than the exact one.
const ROUNDING: f32 = 1e-5;

/// What is added to a signed byte to make it an unsigned one.
const SHIFT: i16 = 128;

/// A row near a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Which row, in the order they were given.
    pub row: usize,
    /// Cosine of row and query, −1 to 1.
    pub cosine: f32,
}

/// A query and a row that are near each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Which query, in the order they were given.
    pub query: usize,
    /// Which row, in the order they were given.
    pub row: usize,
    /// Their cosine, −1 to 1.
    pub cosine: f32,
}

/// Vectors, packed so that many queries can be multiplied with them.
pub struct Nearest {
    gemm: GemmExecutor<u8, i8, i32>,
    /// Whether bytes must be halved before they are multiplied; see [`Self::multiply`].
    halved: bool,
    size: usize,
    blocks: Vec<Block>,
}

/// Some of the rows.
struct Block {
    packed: PackedBMatrix<i8>,
    norms: Vec<f32>,
    inverse: Vec<f32>,
}

/// The products of some queries with one block of rows.
struct Products<'a> {
    /// Row-major, a query a row.
    dots: &'a [i32],
    block: &'a Block,
    /// The first row of the block.
    first: usize,
}

impl Nearest {
    /// Packs rows of one size; a row of another size than the first has a cosine of 0, as in
    /// [`Vector::cosine`].
    pub fn new(rows: &[&Vector]) -> Self {
        let gemm = GemmExecutor::<u8, i8, i32>::new();
        let size = rows.first().map_or(0, |row| row.bytes().len());
        let blocks = rows.chunks(ROWS).map(|rows| Block::new(&gemm, size, rows)).collect();
        Self { halved: gemm.may_saturate(), gemm, size, blocks }
    }

    /// The `k` nearest rows of each query, best first. To a query of another size every row has
    /// a cosine of 0.
    pub fn top(&self, queries: &[&Vector], k: usize) -> Result<Vec<Vec<Neighbour>>, Error> {
        let mut best: Vec<Vec<Neighbour>> = queries.iter().map(|_| Vec::with_capacity(k + 1)).collect();
        if k == 0 {
            return Ok(best);
        }
        self.each_block(queries, |start, queries, products| {
            for (at, query) in queries.iter().enumerate() {
                let best = &mut best[start + at];
                let floor = |best: &[Neighbour]| best.get(k - 1).map_or(f32::NEG_INFINITY, |last| last.cosine);
                products.scan((at, query.norm()), floor(best), |found| {
                    // Rows come in order, so an equal one is behind those that are there.
                    let place = best.partition_point(|better| better.cosine >= found.cosine);
                    if place < k {
                        best.truncate(k - 1);
                        best.insert(place.min(best.len()), found);
                    }
                    floor(best)
                });
            }
        })?;
        Ok(best)
    }

    /// Every query and row with at least this cosine, by query and then by row.
    pub fn pairs_above(&self, queries: &[&Vector], cosine: f32) -> Result<Vec<Pair>, Error> {
        let mut pairs = Vec::new();
        self.each_block(queries, |start, queries, products| {
            for (at, query) in queries.iter().enumerate() {
                products.scan((at, query.norm()), cosine, |found| {
                    if found.cosine >= cosine {
                        pairs.push(Pair { query: start + at, row: found.row, cosine: found.cosine });
                    }
                    cosine
                });
            }
        })?;
        pairs.sort_unstable_by_key(|pair| (pair.query, pair.row));
        Ok(pairs)
    }

    /// Multiplies block by block and hands each to `look`, with the place of its first query.
    fn each_block<'q>(
        &self,
        queries: &[&'q Vector],
        mut look: impl FnMut(usize, &[&'q Vector], &Products<'_>),
    ) -> Result<(), Error> {
        let mut dots = vec![0_i32; QUERIES * ROWS];
        for (number, queries) in queries.chunks(QUERIES).enumerate() {
            let left = Left::new(queries, (self.size, self.halved));
            for (place, block) in self.blocks.iter().enumerate() {
                let dots = &mut dots[..queries.len() * block.norms.len()];
                self.multiply(&left, block, dots)?;
                look(number * QUERIES, queries, &Products { dots, block, first: place * ROWS });
            }
        }
        Ok(())
    }

    /// Products of queries and rows.
    ///
    /// The kernels take unsigned bytes on the left, so these are shifted, and the shift is named as their zero. Where the
    /// processor adds two products in 16 bits, which 255 × 127 × 2 overflows, the unsigned bytes are cut into two halves of
    /// at most 128 and multiplied one after the other.
    fn multiply(&self, left: &Left, block: &Block, dots: &mut [i32]) -> Result<(), Error> {
        for (number, half) in left.parts.iter().enumerate() {
            let a: Matrix<'_, u8> = NdTensorView::from_data([left.rows, self.size], half.as_slice());
            let options = GemmOptions {
                beta: i32::from(number > 0),
                a_quant: Some(QuantParams { zero_point: &left.zeros }),
                ..GemmOptions::default()
            };
            self.gemm.gemm(dots, GemmInputA::Unpacked(a), GemmInputB::Packed(&block.packed), options)?;
        }
        Ok(())
    }
}

/// Queries as the kernels take them.
struct Left {
    rows: usize,
    parts: Vec<Vec<u8>>,
    zeros: Vec<u8>,
}

impl Left {
    fn new(queries: &[&Vector], (size, halved): (usize, bool)) -> Self {
        let mut whole = Vec::with_capacity(queries.len() * size);
        for query in queries {
            let fits = query.bytes().len() == size;
            whole.extend((0..size).map(|at| if fits { unsigned(query.bytes()[at]) } else { unsigned(0) }));
        }
        let rows = queries.len();
        if halved {
            let low: Vec<u8> = whole.iter().map(|byte| byte / 2).collect();
            let high = whole.iter().map(|byte| byte - byte / 2).collect();
            return Self { rows, parts: vec![low, high], zeros: vec![unsigned(0) / 2; rows] };
        }
        Self { rows, parts: vec![whole], zeros: vec![unsigned(0); rows] }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
fn unsigned(byte: i8) -> u8 {
    (i16::from(byte) + SHIFT) as u8
}

impl Block {
    fn new(gemm: &GemmExecutor<u8, i8, i32>, size: usize, rows: &[&Vector]) -> Self {
        let mut bytes = Vec::with_capacity(rows.len() * size);
        for row in rows {
            let fits = row.bytes().len() == size;
            bytes.extend((0..size).map(|at| if fits { row.bytes()[at] } else { 0 }));
        }
        let b: Matrix<'_, i8> = NdTensorView::from_data([rows.len(), size], bytes.as_slice());
        let packed = gemm.prepack_b(b.transposed());
        let norms: Vec<f32> = rows.iter().map(|row| row.norm()).collect();
        let inverse = norms.iter().map(|norm| norm.recip()).collect();
        Self { packed, norms, inverse }
    }
}

impl Products<'_> {
    /// Offers every row that reaches the floor to `take`, which answers with the floor from then on. The query is given by
    /// its place among these and its length.
    ///
    /// Most rows do not: so the largest of a handful is looked at first, by a product that is a rounding off the cosine.
    fn scan(&self, (at, norm): (usize, f32), mut floor: f32, mut take: impl FnMut(Neighbour) -> f32) {
        let rows = self.block.norms.len();
        let dots = &self.dots[at * rows..(at + 1) * rows];
        let glances = dots.chunks(GLANCE).zip(self.block.inverse.chunks(GLANCE)).enumerate();
        for (number, (dots, inverse)) in glances {
            let tops = dots.iter().zip(inverse).map(|(dot, inverse)| *dot as f32 * inverse);
            let top = tops.fold(f32::NEG_INFINITY, |top, value| if value > top { value } else { top });
            if top / norm + ROUNDING < floor {
                continue;
            }
            for (place, dot) in dots.iter().enumerate() {
                let row = number * GLANCE + place;
                let cosine = *dot as f32 / (norm * self.block.norms[row]);
                if cosine >= floor {
                    floor = take(Neighbour { row: self.first + row, cosine });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
