// No momentum: the step is the update itself.
fn velocity(i: u32, update: vec4f, rule: vec4f) -> vec4f { return update; }
