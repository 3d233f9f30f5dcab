//! Everything that can end a command early: one variant a crate, so that none can be forgotten.

use crate::exit::Exit;
use crate::{beside, lock, settings};
use std::path::PathBuf;

/// Why a command ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Settings(#[from] settings::Error),
    #[error(transparent)]
    Lock(#[from] lock::Error),
    #[error(transparent)]
    Beside(#[from] beside::Error),
    #[error(transparent)]
    Privacy(#[from] polso_privacy::Error),
    #[error(transparent)]
    Collect(#[from] polso_collect::Error),
    #[error(transparent)]
    Ask(#[from] polso_collect::AskError),
    #[error(transparent)]
    Stream(#[from] polso_stream::Error),
    #[error(transparent)]
    Classify(#[from] polso_classify::Error),
    #[error(transparent)]
    Claims(#[from] polso_claims::Error),
    #[error(transparent)]
    ClaimFile(#[from] polso_claims::formats::FormatError),
    #[error(transparent)]
    Store(#[from] polso_store::Error),
    #[error(transparent)]
    Aggregate(#[from] polso_aggregate::Error),
    #[error(transparent)]
    Desk(#[from] polso_desk::Error),
    #[error(transparent)]
    Report(#[from] polso_report::Error),
    #[error(transparent)]
    Alert(#[from] polso_alert::send::Error),
    /// A file the command itself opens.
    #[error("cannot {action} `{path}`", path = path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// The command as typed makes no sense here.
    #[error("{what}")]
    Usage { what: String, hint: Option<String> },
}

impl Failure {
    /// A failed file operation.
    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }

    /// A command that makes no sense, with what to do instead.
    pub(crate) fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { what: what.into(), hint: Some(hint.into()) }
    }

    /// What to do about it.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Settings(error) => Some(error.hint()),
            Self::Lock(error) => Some(error.hint()),
            Self::Beside(error) => Some(error.hint()),
            Self::Privacy(error) => error.hint(),
            Self::Collect(error) => error.hint(),
            Self::Ask(error) => error.hint(),
            Self::Stream(error) => error.hint(),
            Self::Classify(error) => error.hint(),
            Self::Claims(error) => error.hint(),
            Self::ClaimFile(error) => Some(error.hint()),
            Self::Desk(error) => error.hint(),
            Self::Store(error) => error.hint(),
            Self::Aggregate(error) => error.hint(),
            Self::Report(error) => error.hint(),
            Self::Alert(error) => error.hint(),
            Self::Io { source, .. } => io_hint(source),
            Self::Usage { hint, .. } => hint.clone(),
        }
    }

    /// Whose fault it is decides the exit code: what the user can mend before anything was done is 2.
    pub(crate) fn exit(&self) -> Exit {
        use polso_classify::Error as Model;
        use polso_collect::Error as File;
        use polso_store::Error as Store;
        use std::io::ErrorKind;
        match self {
            Self::Collect(File::Cut { .. }) => Exit::Missing,
            Self::Settings(_)
            | Self::Lock(_)
            | Self::Beside(_)
            | Self::Privacy(_)
            | Self::Collect(_)
            | Self::Ask(_)
            | Self::Alert(polso_alert::send::Error::Settings { .. })
            | Self::ClaimFile(_)
            | Self::Claims(polso_claims::Error::Rules { .. } | polso_claims::Error::Rule { .. })
            | Self::Desk(polso_desk::Error::UnknownClaim(_) | polso_desk::Error::NeverHeard(_))
            | Self::Usage { .. }
            | Self::Store(Store::Query { .. }) => Exit::Refused,
            Self::Classify(error) if !matches!(error, Model::Forward { .. } | Model::Shape { .. }) => Exit::Refused,
            Self::Io { source, .. } if matches!(source.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => {
                Exit::Refused
            }
            Self::Stream(_)
            | Self::Classify(_)
            | Self::Claims(_)
            | Self::Desk(_)
            | Self::Store(_)
            | Self::Aggregate(_)
            | Self::Report(_)
            | Self::Alert(_)
            | Self::Io { .. } => Exit::Failed,
        }
    }
}

fn io_hint(source: &std::io::Error) -> Option<String> {
    use std::io::ErrorKind;
    let hint = match source.kind() {
        ErrorKind::NotFound => "check the path",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "check that this user may read and write there",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "free some space and run the same command again",
        _ => return None,
    };
    Some(hint.to_owned())
}
