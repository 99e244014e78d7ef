//! use loss/poisson.wgsl
// ℓ = x − t·ln(x + a) + b·(ln t! by Stirling, for t > 1), x the rate
fn loss(p: Point) -> f32 { return p.x - p.t * ln(p.x + p.a) + p.b * stirling(p.t); }
fn slope(p: Point) -> vec3f { return vec3f(1.0 - p.t / (p.x + p.a), 0.0, 0.0); }
