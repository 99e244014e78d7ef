// γ without β.
@group(0) @binding(3) var<storage, read> gamma: array<PerChannel>; // [C]

fn gamma_at(channel: u32) -> PerChannel { return gamma[channel]; }
fn beta_at(channel: u32) -> PerChannel { return PerChannel(0.0); }
