// ‖x‖₂ = √Σ x² of numbers whose squares f32 does not hold: large and small ones are scaled by powers of two and have sums
// of their own (Blue 1978, "A portable Fortran program to find the Euclidean norm of a vector").
struct Squares {
  large: vec4f,  // Σ (x / 2⁸⁰)² over |x| ≥ 2⁴⁸, NaN and ∞
  medium: vec4f, // Σ x²
  small: vec4f,  // Σ (x · 2⁸⁰)² over |x| < 2⁻⁴⁸
}

fn start() -> Squares { return Squares(vec4f(0.0), vec4f(0.0), vec4f(0.0)); }

fn each(sums: Squares, x: vec4f) -> Squares {
  let bits = bitcast<vec4u>(x) & vec4u(0x7fffffffu);
  let large = bits >= vec4u(0x57800000u);
  let small = bits < vec4u(0x27800000u);
  let l = select(vec4f(0.0), x * 0x1p-80f, large);
  let m = select(x, vec4f(0.0), large | small);
  let s = select(vec4f(0.0), x * 0x1p80f, small);
  return Squares(sums.large + l * l, sums.medium + m * m, sums.small + s * s);
}

fn total(v: vec4f) -> f32 { return (v.x + v.y) + (v.z + v.w); }

// Sums of squares are joined as norms: 2⁻¹⁶⁰ is no f32.
fn fold(sums: Squares) -> f32 {
  let large = total(sums.large);
  let medium = total(sums.medium);
  let small = sqrt(total(sums.small)) * 0x1p-80f;
  if (bitcast<u32>(large) != 0u) {
    let rest = sqrt(medium) * 0x1p-80f;
    return sqrt(large + rest * rest) * 0x1p80f;
  }
  return select(small, sqrt(medium + small * small), bitcast<u32>(medium) != 0u);
}

// The norm of all lanes' elements from the lanes' norms, which are divided by 2ᵏ⁻¹, where 2ᵏ is the power of two at or below
// the greatest norm. A greatest norm that is 0, subnormal, NaN or ∞ is the result.
fn join_lanes(lane: u32, norm: f32) -> f32 {
  let most = lanes_greatest(lane, norm);
  let exponent = bitcast<u32>(most) & 0x7f800000u; // of 2ᵏ
  let plain = (exponent == 0u) | (exponent == 0x7f800000u);
  let scaled = norm * bitcast<f32>(select(0x7f800000u - exponent, 0u, plain)); // · 2¹⁻ᵏ
  let length = sqrt(lanes_sum(lane, scaled * scaled)) * 0.5 * bitcast<f32>(exponent);
  return select(length, most, plain);
}
