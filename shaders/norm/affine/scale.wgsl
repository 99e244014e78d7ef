// γ without β.
@group(0) @binding(3) var<storage, read> gamma: array<f32>; // [C]

fn gamma_at(channel: u32) -> f32 { return gamma[channel]; }
fn beta_at(channel: u32) -> f32 { return 0.0; }
