// β without γ.
@group(0) @binding(4) var<storage, read> beta: array<f32>; // [C]

fn gamma_at(channel: u32) -> f32 { return 1.0; }
fn beta_at(channel: u32) -> f32 { return beta[channel]; }
