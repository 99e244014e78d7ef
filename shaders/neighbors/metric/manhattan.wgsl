// sums + |x − t| of four queries
fn apart(sums: vec4f, x: vec4f, t: f32) -> vec4f { return sums + abs(x - vec4f(t)); }
