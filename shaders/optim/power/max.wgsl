// ‖x‖∞ = max |x|
fn start() -> vec4f { return vec4f(0.0); }
fn each(most: vec4f, x: vec4f) -> vec4f { return greatest(most, abs(x)); }
fn fold(most: vec4f) -> f32 {
  let pair = greatest(most, most.zwxy);
  return greatest(pair, pair.yxwz).x;
}
fn join_lanes(lane: u32, norm: f32) -> f32 { return lanes_greatest(lane, norm); }
