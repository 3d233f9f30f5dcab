//! Secrets live in files that only their owner may read; nothing here can print one.

use super::error::Error;
use secrecy::SecretString;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Reads a password, token or secret address: the first line of a file with mode 0600.
pub(crate) fn read(path: &Path) -> Result<SecretString, Error> {
    let wrong = |what: &str, hint: &str| Error::settings(format!("{what} `{}`", path.display()), hint);
    let about = std::fs::metadata(path)
        .map_err(|_| wrong("cannot read the secret", "write it there, in one line, with mode 0600"))?;
    if about.permissions().mode() & 0o077 != 0 {
        return Err(wrong("others may read the secret", &format!("run `chmod 600 {}`", path.display())));
    }
    let text = std::fs::read_to_string(path)
        .map_err(|_| wrong("cannot read the secret", "check that this user may read it and that it is text"))?;
    match text.lines().next().map(str::trim) {
        Some(line) if !line.is_empty() => Ok(SecretString::from(line.to_owned())),
        _ => Err(wrong("there is nothing in the secret", "write it there, in one line")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;
    use std::io::Write;

    #[test]
    fn a_secret_others_may_read_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("token");
        std::fs::File::create(&path).unwrap().write_all(b" third \nrest").unwrap();
        let mode = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        mode(0o600);
        assert_eq!(read(&path).unwrap().expose_secret(), "third");
        mode(0o640);
        let error = read(&path).unwrap_err();
        assert!(error.to_string().contains("others may read") && error.hint().unwrap().contains("chmod 600"));
        assert!(read(&dir.path().join("none")).unwrap_err().hint().unwrap().contains("0600"));
    }
}
