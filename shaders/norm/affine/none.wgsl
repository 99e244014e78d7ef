// No γ and no β: bindings 3 and 4 stay empty.
fn gamma_at(channel: u32) -> PerChannel { return PerChannel(1.0); }
fn beta_at(channel: u32) -> PerChannel { return PerChannel(0.0); }
