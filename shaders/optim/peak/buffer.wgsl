//! use optim/greatest.wgsl
//! inout vmax
// AMSGrad: v̂ ← max(v̂, v), the greatest second moment so far, for the groups that want it
@group(0) @binding(8) var<storage, read_write> vmax: array<vec4f>; // [elements]

fn peak(i: u32, second: vec4f, on: bool) -> vec4f {
  if (!on) { return second; }
  let most = greatest(vmax[i], second);
  vmax[i] = most;
  return most;
}
