//! use lib/sigmoid.wgsl
//! use lib/softplus.wgsl
// ℓ = ln(1 + e^(−t·x)) for t = ±1
fn loss(p: Point) -> f32 { return softplus(-p.t * p.x); }
fn slope(p: Point) -> vec3f { return vec3f(-p.t * sigmoid(-p.t * p.x), 0.0, 0.0); }
