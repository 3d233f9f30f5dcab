//! Which claims share telling words with a post: BM25 over hashed words, by tantivy, in memory.
//!
//! Words arrive as hashes and stay so: the index holds their hexadecimal digits, so no text of a post or a claim is in it.
//!
//! Invariants
//! * One segment, rows in the order they were given: equal scores are ordered by row.

use crate::Error;
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, Term};

/// Memory for building, in bytes: enough that a hundred thousand rows are written at once.
const BUILDING: usize = 256 << 20;

/// An index of the words of rows.
pub(crate) struct Lexical {
    searcher: Searcher,
    field: Field,
}

impl Lexical {
    /// Indexes the words of rows.
    pub(crate) fn new<'a>(rows: impl Iterator<Item = &'a [u32]>) -> Result<Self, Error> {
        let mut schema = Schema::builder();
        let words = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::WithFreqs);
        let field = schema.add_text_field("words", TextOptions::default().set_indexing_options(words));
        let index = Index::builder().schema(schema.build());
        let mut writer = index.single_segment_index_writer(RamDirectory::create(), BUILDING)?;
        for terms in rows {
            let mut document = TantivyDocument::new();
            document.add_pre_tokenized_text(field, tokens(terms));
            writer.add_document(document)?;
        }
        let reader = writer.finalize()?.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { searcher: reader.searcher(), field })
    }

    /// The `k` rows whose words tell most of these, best first, with their BM25 scores.
    pub(crate) fn top(&self, terms: &[u32], k: usize) -> Result<Vec<(usize, f32)>, Error> {
        if terms.is_empty() || k == 0 {
            return Ok(Vec::new());
        }
        let query = |term: &u32| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(self.field, &digits(*term)), IndexRecordOption::WithFreqs))
        };
        let query = BooleanQuery::union(terms.iter().map(query).collect());
        let found = self.searcher.search(&query, &TopDocs::with_limit(k).order_by_score())?;
        Ok(found.into_iter().map(|(score, address)| (address.doc_id as usize, score)).collect())
    }
}

fn digits(term: u32) -> String {
    format!("{term:08x}")
}

fn tokens(terms: &[u32]) -> PreTokenizedString {
    let token = |(position, term): (usize, &u32)| Token { position, text: digits(*term), ..Token::default() };
    PreTokenizedString { text: String::new(), tokens: terms.iter().enumerate().map(token).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_tell_more_and_equals_come_in_order() {
        let rows: [&[u32]; 5] = [&[1, 2], &[1, 3], &[1, 4], &[1, 3], &[]];
        let lexical = Lexical::new(rows.into_iter()).unwrap();
        let found =
            |terms: &[u32], k| lexical.top(terms, k).unwrap().into_iter().map(|(row, _)| row).collect::<Vec<_>>();
        assert_eq!(found(&[1, 2], 9), [0, 1, 2, 3]);
        assert_eq!(found(&[1, 3], 2), [1, 3]);
        assert_eq!(found(&[9], 3), Vec::<usize>::new());
        assert_eq!(found(&[], 3), Vec::<usize>::new());
        assert_eq!(found(&[1], 0), Vec::<usize>::new());
    }

    #[test]
    fn an_empty_library_finds_nothing() {
        assert_eq!(Lexical::new(std::iter::empty()).unwrap().top(&[1], 3).unwrap(), []);
    }
}
