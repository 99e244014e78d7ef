// No momentum: the step is the update.
fn velocity(i: u32, update: vec4f, rule: Momentum) -> vec4f { return update; }
