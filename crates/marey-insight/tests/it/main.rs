//! Integration tests.

use marey_insight::InsightKind;

#[test]
fn kinds_are_written_and_read_back() {
    for kind in InsightKind::ALL {
        assert_eq!(kind.as_str().parse::<InsightKind>().ok(), Some(*kind));
    }
    assert!("nonsense".parse::<InsightKind>().is_err());
}
