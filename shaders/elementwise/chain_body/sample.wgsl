// An example, for the kernel's own cases, of what the scheduler generates for chains of a captured step:
// y₀ = x₀·b₀ + x₁·s₀ − x₃ and y₁ = x₂·b₁ + s₅ with scalars s.
fn load(i: u32, at: vec3u) -> Operands {
  return Operands(
    x0_at(i), x1_at(i), x2_at(i), x3_at(at.x), b0_at(at.y), b1_at(at.z), Pack(), Pack());
}

fn chain(x0: f32, x1: f32, x2: f32, x3: f32, b0: f32, b1: f32, old0: f32, old1: f32) -> vec2f {
  return vec2f(x0 * b0 + x1 * scalar_at(0u) - x3, x2 * b1 + scalar_at(5u));
}

fn store(i: u32, y: Results) {
  put_y0(i, y);
  put_y1(i, y);
}
