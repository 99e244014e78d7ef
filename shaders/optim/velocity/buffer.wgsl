//! inout buf
// The step with momentum.
@group(0) @binding(6) var<storage, read_write> buf: array<vec4f>; // [elements]

fn velocity(i: u32, update: vec4f, rule: Momentum) -> vec4f {
  if (rule.mu == 0.0) { return update; }
  let v = select(rule.carry * buf[i], vec4f(0.0), rule.carry == 0.0) + rule.keep * update;
  buf[i] = v;
  return select(v, update + rule.mu * v, rule.nesterov != 0.0);
}
