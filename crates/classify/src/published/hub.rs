//! Fetching a published model from the hub of Hugging Face, or from what stands in its place.
//!
//! Invariants
//! * A name is turned into a commit first, and every file is of that commit: the name may mean other files tomorrow.
//! * What was fetched before the line broke is not fetched again.
//! * Large files come with their sha256, and have it.
//!
//! Nothing about the texts of anybody is sent; the hub learns which model is taken, and from where.

use super::complete;
use crate::Error;
use crate::bundle::{CONFIG, SAFETENSORS, TOKENIZER, sha256_of};
use hf_hub::api::sync::{Api, ApiBuilder, ApiError, ApiRepo};
use hf_hub::{Repo, RepoType};
use std::path::{Path, PathBuf};

/// The hub as this machine reaches it.
#[derive(Debug, Clone)]
pub struct Hub {
    /// Another address than the hub's own: a mirror.
    pub endpoint: Option<String>,
    /// Opens private and gated models.
    pub token: Option<String>,
    /// Where files lie until they have a place.
    pub cache: PathBuf,
}

/// A model in the cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The commit that its files are of.
    pub commit: String,
    /// Its folder.
    pub folder: PathBuf,
}

/// Is told how far a file is.
pub trait Progress {
    /// A file of so many bytes begins.
    fn begin(&mut self, file: &str, bytes: u64);
    /// So many bytes more are there.
    fn advance(&mut self, bytes: u64);
    /// The file is there.
    fn end(&mut self);
}

/// Times that a broken line is mended.
const RETRIES: usize = 3;

/// The default branch of every repository.
const BRANCH: &str = "main";

impl Hub {
    /// Fetches the files of a model at a branch, tag or commit. Where the tokenizer comes from elsewhere, its own is left.
    pub fn model(
        &self,
        (name, revision): (&str, Option<&str>),
        own_tokenizer: bool,
        progress: &mut dyn Progress,
    ) -> Result<Fetched, Error> {
        let (repo, commit, files) = self.pinned(name, revision)?;
        complete(name, &files, if own_tokenizer { &[] } else { &[TOKENIZER] })?;
        let wanted = [CONFIG, TOKENIZER, super::readme::FILE, SAFETENSORS];
        let wanted = wanted.into_iter().filter(|file| own_tokenizer || *file != TOKENIZER);
        let mut folder = self.cache.clone();
        for file in wanted.filter(|wanted| files.iter().any(|file| file == wanted)) {
            let path = fetch(&repo, (name, file), progress)?;
            folder = path.parent().map(Path::to_owned).unwrap_or_default();
        }
        Ok(Fetched { commit, folder })
    }

    /// Fetches nothing but the tokenizer of a model.
    pub fn tokenizer(
        &self,
        (name, revision): (&str, Option<&str>),
        progress: &mut dyn Progress,
    ) -> Result<PathBuf, Error> {
        let (repo, _, files) = self.pinned(name, revision)?;
        if !files.iter().any(|file| file == TOKENIZER) {
            return Err(Error::Incomplete { model: name.to_owned(), missing: TOKENIZER });
        }
        fetch(&repo, (name, TOKENIZER), progress)
    }

    /// The repository at a commit, with the names of its files.
    fn pinned(&self, name: &str, revision: Option<&str>) -> Result<(ApiRepo, String, Vec<String>), Error> {
        let api = self.api().map_err(|error| told(name, &error))?;
        let at = |revision: String| api.repo(Repo::with_revision(name.to_owned(), RepoType::Model, revision));
        let info = at(revision.unwrap_or(BRANCH).to_owned()).info().map_err(|error| told(name, &error))?;
        let files = info.siblings.into_iter().map(|file| file.rfilename).collect();
        Ok((at(info.sha.clone()), info.sha, files))
    }

    fn api(&self) -> Result<Api, ApiError> {
        let builder = ApiBuilder::new().with_cache_dir(self.cache.clone()).with_token(self.token.clone());
        let builder = builder.with_retries(RETRIES).with_user_agent("polso", env!("CARGO_PKG_VERSION"));
        match &self.endpoint {
            Some(endpoint) => builder.with_endpoint(endpoint.trim_end_matches('/').to_owned()),
            None => builder,
        }
        .build()
    }
}

/// Fetches a file, or finds it in the cache, and looks whether it is whole.
fn fetch(repo: &ApiRepo, (name, file): (&str, &'static str), progress: &mut dyn Progress) -> Result<PathBuf, Error> {
    let path = repo.download_with_progress(file, Told(progress)).map_err(|error| told(name, &error))?;
    let unreadable = |source| Error::Io { path: path.clone(), source };
    // The cache calls a file by what the hub says of it: for a large one its sha256.
    let target = std::fs::canonicalize(&path).map_err(unreadable)?;
    let said = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_hash = said.len() == 64 && said.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash {
        let found = sha256_of(&target).map_err(unreadable)?;
        if found != said {
            // Or it would be found there for ever.
            std::fs::remove_file(&target).ok();
            return Err(Error::Mismatch { model: name.to_owned(), file, expected: said, found });
        }
    }
    Ok(path)
}

/// What went wrong, as far as its words tell: the client has no other way to ask.
fn told(name: &str, error: &ApiError) -> Error {
    let text = error.to_string();
    let says = |code: &str| text.contains(&format!("status: {code}"));
    let model = name.to_owned();
    if says("404") {
        Error::NoSuchModel { model }
    } else if says("401") || says("403") {
        Error::Closed { model }
    } else {
        Error::Unreachable { model, reason: text }
    }
}

/// Passes on what the client tells.
struct Told<'a>(&'a mut dyn Progress);

impl hf_hub::api::Progress for Told<'_> {
    fn init(&mut self, size: usize, filename: &str) {
        self.0.begin(filename, size as u64);
    }

    fn update(&mut self, size: usize) {
        self.0.advance(size as u64);
    }

    fn finish(&mut self) {
        self.0.end();
    }
}
