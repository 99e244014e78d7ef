// No γ. The factors inside and outside of a row's means.
fn gain_of(channel: u32) -> vec2f { return vec2f(1.0, 1.0); }
