//! Cells that a spreadsheet must neither run nor reckon with.
//!
//! A leading `'` keeps a cell a text. Formulas (<https://owasp.org/www-community/attacks/CSV_Injection>) get one, and so
//! do ids of digits: a spreadsheet keeps fifteen of them and writes the rest back as zeros.

/// The cell as it is written.
pub(super) fn guarded(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']);
    if is_formula || cell.parse::<f64>().is_ok() { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before it was written.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_and_long_numbers_come_back_as_they_were() {
        for cell in ["=1+1", "+39", "-5", "@x", "\ttab", "\rcr", "'quoted", "1237100000000000001", "007", "1e5"] {
            assert!(guarded(cell).starts_with('\''), "{cell}");
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
        for cell in ["", "Io resto a casa", "post-1", "3mq7x"] {
            assert_eq!(guarded(cell), cell);
            assert_eq!(unguarded(cell), cell);
        }
    }
}
