//! use lib/nan.wgsl
//! use lib/unit.wgsl
// d(u) = Σ |u|,  ∂d/∂u = sign u
fn unit_of(largest: f32) -> f32 { return unit_near(largest); }
fn term(u: f32, p: f32) -> f32 { return abs(u); }
fn distance_of(sum: f32, p: f32) -> f32 { return sum; }
fn pull(u: f32, d: f32, p: f32) -> f32 { return keep_nan(u, sign(u)); }
