//! use element/f32.wgsl
//! use result/f32.wgsl
//! use elementwise/binary_op/add.wgsl
// c = a + b
fn point(a: f32, b: f32) -> f32 { return op(a, b); }
