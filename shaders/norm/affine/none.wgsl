// No γ and no β: bindings 3 and 4 stay empty.
fn affine_of(channel: u32) -> vec2f { return vec2f(1.0, 0.0); }
