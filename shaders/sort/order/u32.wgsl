// Unsigned integers are their own keys.
alias Element = u32;

fn key_of(x: Element) -> u32 { return x; }
fn is_greatest(x: Element) -> bool { return false; }
