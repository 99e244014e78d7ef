// K(x, s) = x·s
fn gather(sum: vec4f, x: vec4f, s: f32) -> vec4f { return fma(x, vec4f(s), sum); }
fn finish(sum: vec4f) -> vec4f { return sum; }
