// ‖x‖₁ = Σ |x|
fn start() -> vec4f { return vec4f(0.0); }
fn each(sum: vec4f, x: vec4f) -> vec4f { return sum + abs(x); }
fn fold(sum: vec4f) -> f32 { return (sum.x + sum.y) + (sum.z + sum.w); }
fn join_lanes(lane: u32, norm: f32) -> f32 { return lanes_sum(lane, norm); }
