// No γ and no β: bindings 3 and 4 stay empty.
fn gamma_at(channel: u32) -> f32 { return 1.0; }
fn beta_at(channel: u32) -> f32 { return 0.0; }
