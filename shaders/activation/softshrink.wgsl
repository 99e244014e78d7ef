// act(x) = x − λ for x > λ, x + λ for x < −λ, 0 between; act'(±λ) = 0 as in PyTorch.
// NaN stays NaN: the comparison that makes it 0 is false.
override SOFTSHRINK_LAMBD: f32 = 0.5;

fn act(x: f32) -> f32 {
  let moved = select(x + SOFTSHRINK_LAMBD, x - SOFTSHRINK_LAMBD, x > SOFTSHRINK_LAMBD);
  return select(moved, 0.0, abs(x) <= SOFTSHRINK_LAMBD);
}
fn act_grad(x: f32) -> f32 { return select(1.0, 0.0, abs(x) <= SOFTSHRINK_LAMBD); }
