//! use lib/nan.wgsl
//! use optim/power/* as power
//! use optim/tree.wgsl
// norm = ‖partials‖, which are norms themselves,  coefficient = min(1, maximum / (norm + 10⁻⁶))
struct Params {
  count: u32,
  maximum: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> partials: array<f32>;          // [count]
@group(0) @binding(2) var<storage, read_write> norm: array<f32>;        // []
@group(0) @binding(3) var<storage, read_write> coefficient: array<f32>; // []

@compute @workgroup_size(WG)
fn main(@builtin(local_invocation_index) lane: u32) {
  var total = start();
  for (var i = lane; i < params.count; i += WG) {
    total = each(total, vec4f(partials[i], 0.0, 0.0, 0.0));
  }
  let length = join_lanes(lane, fold(total));
  if (lane == 0u) {
    norm[0] = length;
    let share = params.maximum / (length + 1e-6);
    coefficient[0] = keep_nan(share, min(share, 1.0));
  }
}
