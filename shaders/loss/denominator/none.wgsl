// Nothing to divide by: binding 4 stays empty.
fn divisor() -> f32 { return 1.0; }
