// γ and β, one each per channel (layer norm: per element of a row).
@group(0) @binding(3) var<storage, read> gamma: array<PerChannel>; // [C]
@group(0) @binding(4) var<storage, read> beta: array<PerChannel>;  // [C]

fn gamma_at(channel: u32) -> PerChannel { return gamma[channel]; }
fn beta_at(channel: u32) -> PerChannel { return beta[channel]; }
