// Signed integers order as unsigned ones once their sign bit is flipped.
alias Element = i32;

fn key_of(x: Element) -> u32 { return bitcast<u32>(x) ^ 0x80000000u; }
fn is_greatest(x: Element) -> bool { return false; }
