// γ without β, four channels at a time.
@group(0) @binding(3) var<storage, read> gamma: array<vec4f>; // [C]

fn gamma_four(pack: u32) -> vec4f { return gamma[pack]; }
fn beta_four(pack: u32) -> vec4f { return vec4f(0.0); }
