// k is a multiple of 4: no remainder.
fn add_tail(sums: Sums, offset: vec2u, row: u32, column: u32) -> Sums { return sums; }
