//! Any bytes as the content of a saved profile: refused, or a state that is saved again alike, merges
//! with itself and is finished.
#![no_main]

use libfuzzer_sys::fuzz_target;
use marey_profile::Profiler;

/// The bytes behind a header that is right for them.
fn with_header(content: &[u8]) -> Vec<u8> {
    let sum = content.chunks(8).fold(0xcbf2_9ce4_8422_2325_u64, |sum, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mut bytes = b"MareyPrf\x02\0\0\0".to_vec();
    bytes.extend_from_slice(&(content.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes.extend_from_slice(content);
    bytes
}

fuzz_target!(|content: &[u8]| {
    let Ok(mut state) = Profiler::decode(&with_header(content)) else {
        return;
    };
    let saved = state.encode();
    let again = Profiler::decode(&saved).expect("what was saved is a state");
    assert_eq!(again.encode(), saved);
    let _ = state.merge(&again);
    state.finish();
});
