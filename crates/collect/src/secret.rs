//! Secrets live in files that only their owner may read; nothing here can print one.

use crate::net::AskError;
use secrecy::SecretString;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Reads a password or token: the first line of a file with mode 0600.
pub(crate) fn read(path: &Path) -> Result<SecretString, AskError> {
    let wrong = |what: &str, hint: String| AskError::Settings { what: format!("{what} `{}`", path.display()), hint };
    let about = std::fs::metadata(path)
        .map_err(|_| wrong("cannot read the secret", "write it there, in one line, with mode 0600".to_owned()))?;
    if about.permissions().mode() & 0o077 != 0 {
        return Err(wrong("others may read the secret", format!("run `chmod 600 {}`", path.display())));
    }
    let text = std::fs::read_to_string(path).map_err(|_| {
        wrong("cannot read the secret", "check that this user may read it and that it is text".to_owned())
    })?;
    match text.lines().next().map(str::trim) {
        Some(line) if !line.is_empty() => Ok(SecretString::from(line.to_owned())),
        _ => Err(wrong("there is nothing in the secret", "write it there, in one line".to_owned())),
    }
}

/// Keeps a session: readable by its owner alone, as a whole or not at all.
pub(crate) fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let half = path.with_extension("new");
    std::fs::remove_file(&half).or_else(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&half)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all())?;
    std::fs::rename(&half, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn a_secret_others_may_read_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sessions/token");
        write(&path, "first\nsecond").unwrap();
        write(&path, " third \n").unwrap();
        assert_eq!(read(&path).unwrap().expose_secret(), "third");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let error = read(&path).unwrap_err();
        assert!(error.to_string().contains("others may read") && error.hint().unwrap().contains("chmod 600"));
        assert!(read(&dir.path().join("none")).unwrap_err().hint().unwrap().contains("0600"));
    }
}
