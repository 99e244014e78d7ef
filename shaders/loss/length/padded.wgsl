//! use lib/unit.wgsl
// length = √(‖x‖² + ε)
// short vectors are not scaled: beside ε their squares may underflow
// Squares and lengths are those of x / unit.
fn unit_of(largest: f32) -> f32 { return max(unit_near(largest), 1.0); }
fn length_of(square: f32, eps: f32, unit: f32) -> f32 { return sqrt(square + eps / unit / unit); }
fn grows(square: f32, eps: f32, unit: f32) -> f32 { return 1.0; }
