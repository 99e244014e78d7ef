//! use lib/nan.wgsl
// op(a, b) = aᵇ for any real a and b; NaN where it is not real. a⁰ = 1 even for a = 0 and NaN, as in C and PyTorch.
fn op(a: f32, b: f32) -> f32 {
  let whole = round(b) == b;
  let odd = whole & (abs(b) < 16777216.0) & (fract(b * 0.5) != 0.0);
  let broken = select(pow(abs(a), b), select(0.0, infinity(), b < 0.0), a == 0.0);
  let size = select(broken, whole_power(abs(a), b), whole & (abs(b) <= 15.0));
  let signed = select(size, -size, odd & (a < 0.0));
  let real = select(signed, quiet_nan(), (a < 0.0) & !whole);
  return select(keep_nan(a, keep_nan(b, real)), 1.0, b == 0.0);
}

// aᵇ for integers |b| ≤ 15 by squaring: exact where pow, an exp2 of a log2, is not
fn whole_power(a: f32, b: f32) -> f32 {
  let bits = u32(min(abs(b), 15.0));
  let a2 = a * a;
  let a4 = a2 * a2;
  let low = select(1.0, a, (bits & 1u) != 0u) * select(1.0, a2, (bits & 2u) != 0u);
  let high = select(1.0, a4, (bits & 4u) != 0u) * select(1.0, a4 * a4, (bits & 8u) != 0u);
  return select(low * high, 1.0 / (low * high), b < 0.0);
}

// b·aᵇ⁻¹, 0 where b = 0
fn op_da(a: f32, b: f32) -> f32 { return select(b * op(a, b - 1.0), 0.0, b == 0.0); }

// aᵇ·ln a, 0 where a = 0 and b ≥ 0; NaN for a < 0, where aᵇ is real for integer b only
fn op_db(a: f32, b: f32) -> f32 {
  let logarithm = select(log(abs(a)), -infinity(), a == 0.0);
  let real = select(op(a, b) * logarithm, quiet_nan(), a < 0.0);
  return select(keep_nan(b, real), 0.0, (a == 0.0) & (b >= 0.0));
}
