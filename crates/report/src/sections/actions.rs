//! What is being done, as far as somebody keeps a list of it: what is late stands first.

use super::Section;
use crate::block::Block;
use crate::{Error, Page};

pub(super) struct Actions;

impl Section for Actions {
    fn id(&self) -> &'static str {
        "actions"
    }

    fn title(&self) -> &'static str {
        "actions-title"
    }

    fn blocks(&self, page: &Page<'_>) -> Result<Vec<Block>, Error> {
        page.tracker().map_or(Ok(Vec::new()), |tracker| tracker.blocks(page.words))
    }
}
