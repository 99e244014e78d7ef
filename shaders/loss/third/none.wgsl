// No third operand: binding 3 stays empty.
fn third(i: u32) -> f32 { return 1.0; }
