//! use lib/nan.wgsl
//! use lib/unit.wgsl
// d(u) = √Σ u²,  ∂d/∂u = u/d, and 0 where d is 0
fn unit_of(largest: f32) -> f32 { return unit_near(largest); }
fn term(u: f32, p: f32) -> f32 { return u * u; }
fn distance_of(sum: f32, p: f32) -> f32 { return keep_nan(sum, sqrt(sum)); }
fn pull(u: f32, d: f32, p: f32) -> f32 { return select(u / d, 0.0, d == 0.0); }
