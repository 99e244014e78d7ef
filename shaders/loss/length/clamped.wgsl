//! use lib/unit.wgsl
// length = max(‖x‖, ε); below ε it does not grow with x
// Squares and lengths are those of x / unit.
fn unit_of(largest: f32) -> f32 { return unit_near(largest); }
fn length_of(square: f32, eps: f32, unit: f32) -> f32 { return max(sqrt(square), eps / unit); }
fn grows(square: f32, eps: f32, unit: f32) -> f32 {
  return select(1.0, 0.0, sqrt(square) < eps / unit);
}
