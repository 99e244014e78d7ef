// β without γ.
@group(0) @binding(4) var<storage, read> beta: array<PerChannel>; // [C]

fn gamma_at(channel: u32) -> PerChannel { return PerChannel(1.0); }
fn beta_at(channel: u32) -> PerChannel { return beta[channel]; }
