//! use lib/sort_key.wgsl
// Floats order by their bits, −0 as 0 and NaN above +∞.
alias Element = f32;

fn key_of(x: Element) -> u32 { return sort_key(x); }
fn is_greatest(x: Element) -> bool { return sort_key(x) == 0xffffffffu; } // a NaN
