// No γ and no β: bindings 3 and 4 stay empty.
fn gamma_at(channel: u32) -> f32 { return 1.0; }
fn beta_at(channel: u32) -> f32 { return 0.0; }
fn gamma_four(pack: u32) -> vec4f { return vec4f(1.0); }
fn beta_four(pack: u32) -> vec4f { return vec4f(0.0); }
