// Moments of a set of numbers: count, mean and (biased) variance, and their union (Chan, Golub, LeVeque 1983):
//   w = n_b / n,  δ = mean_b − mean_a:  mean = mean_a + wδ,  var = (1 − w)·var_a + w·var_b + w(1 − w)δ²
// The variance is carried instead of the sum of squares, so that it overflows n times later.
alias Partial = vec3f;

// Where squares overflow, moments are those of the values times 2⁻⁷⁰, which is exact; where they would lose digits and
// nothing is added to them, times 2⁷⁰. A scale is (s, 1/s).
const AS_IS = vec2f(1.0, 1.0);
const SHRUNK = vec2f(8.470329472543003e-22, 1.1805916207174113e21);
const GROWN = vec2f(1.1805916207174113e21, 8.470329472543003e-22);

fn scale_for(variance: f32, eps: f32) -> vec2f {
  if (!is_finite(variance)) { return SHRUNK; }
  return select(AS_IS, GROWN, (eps == 0.0) & (variance < 8.271806125530277e-25)); // 2⁻⁸⁰
}

fn is_finite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }

fn combine(a: Partial, b: Partial) -> Partial {
  let n = a.x + b.x;
  let w = b.x / max(n, 1.0);
  let delta = b.y - a.y;
  let spread = w * delta * ((1.0 - w) * delta); // δ² alone may overflow, and inf · 0 is NaN
  return vec3f(n, a.y + w * delta, (1.0 - w) * a.z + w * b.z + spread);
}
