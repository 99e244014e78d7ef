//! inout buf
// buf ← carry · buf + keep · u,  step = nesterov ? u + μ · buf : buf
// rule = (carry, keep, μ, nesterov); carry is 0 in the first step, when buf may hold anything; without μ it stays
@group(0) @binding(6) var<storage, read_write> buf: array<vec4f>; // [elements]

fn velocity(i: u32, update: vec4f, rule: vec4f) -> vec4f {
  if (rule.z == 0.0) { return update; }
  let v = select(rule.x * buf[i], vec4f(0.0), rule.x == 0.0) + rule.y * update;
  buf[i] = v;
  return select(v, update + rule.z * v, rule.w != 0.0);
}
