//! inout state found
// found: scale ← scale · backoff, steps ← 0;  else steps ← steps + 1, and at `interval`: scale ← scale · growth, steps ← 0
// found ← 0
struct Params {
  growth: f32,
  backoff: f32,
  interval: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> state: array<f32>; // [2]: scale, steps since it changed
@group(0) @binding(2) var<storage, read_write> found: array<f32>; // []

@compute @workgroup_size(1)
fn main() {
  let bad = found[0] != 0.0;
  let steps = select(state[1] + 1.0, 0.0, bad);
  let grows = steps >= params.interval;
  let kept = select(1.0, params.growth, grows);
  let scale = state[0] * select(kept, params.backoff, bad);
  // an infinite scale could never shrink again
  state[0] = select(state[0], scale, scale < 3e38);
  state[1] = select(steps, 0.0, grows);
  found[0] = 0.0;
}
