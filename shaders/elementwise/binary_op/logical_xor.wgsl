//! use lib/truth.wgsl
// op(a, b) = a ⊻ b of truth values: 1 where exactly one is 0, else 0. It has no slope.
fn op(a: f32, b: f32) -> f32 { return select(0.0, 1.0, is_true(a) != is_true(b)); }
fn op_da(a: f32, b: f32) -> f32 { return 0.0; }
fn op_db(a: f32, b: f32) -> f32 { return 0.0; }
