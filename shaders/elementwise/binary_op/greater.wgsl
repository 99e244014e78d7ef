//! use lib/nan.wgsl
// op(a, b) = 1 where a > b, else 0, and 0 where either is NaN. It has no slope.
fn op(a: f32, b: f32) -> f32 { return select(0.0, 1.0, (a > b) & !is_nan(a) & !is_nan(b)); }
fn op_da(a: f32, b: f32) -> f32 { return 0.0; }
fn op_db(a: f32, b: f32) -> f32 { return 0.0; }
