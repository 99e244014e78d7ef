// γ and β, four channels at a time (layer norm: four elements of a row).
@group(0) @binding(3) var<storage, read> gamma: array<vec4f>; // [C]
@group(0) @binding(4) var<storage, read> beta: array<vec4f>;  // [C]

fn gamma_four(pack: u32) -> vec4f { return gamma[pack]; }
fn beta_four(pack: u32) -> vec4f { return beta[pack]; }
