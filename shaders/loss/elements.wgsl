//! use lib/flat_index.wgsl
//! use loss/element_weight/* as weight
//! use loss/point.wgsl
//! use loss/pointwise/* as loss
//! use loss/third/* as third
// Element i of a loss without broadcasting: x and t are read as they lie, v and weight repeat.
struct Params {
  count: u32,
  v_step: u32,
  v_length: u32,
  w_step: u32,
  w_length: u32,
  up_step: u32, // 1 for an upstream gradient of every element, 0 for one number
  a: f32,
  b: f32,
  scale: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>; // [count]
@group(0) @binding(2) var<storage, read> t: array<f32>; // [count]

fn point(i: u32) -> Point { return Point(x[i], t[i], third(i), params.a, params.b); }
