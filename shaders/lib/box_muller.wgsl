// Two normal numbers √(−2 ln u)·(cos 2πv, sin 2πv) of two words, u in (0, 1], v in [0, 1)   (Box & Muller 1958).
// ln, cos and sin are polynomials here: WGSL promises its own only to 2⁻¹¹ (cos, sin) and 2⁻²¹ (ln) absolute.

// −ln(k·2⁻²⁴) for k in 1..2²⁴. With k·2⁻²⁴ = m·2ᵉ, m in [√½, √2):  ln m = 2 artanh s,  s = (m − 1)/(m + 1), |s| < 0.172
fn minus_log(k: u32) -> f32 {
  let bits = bitcast<u32>(f32(k)) - 0x3f3504f3u; // √½, so that its carry into the exponent decides the half
  let e = bitcast<i32>(bits) >> 23u;
  let m = bitcast<f32>((bits & 0x007fffffu) + 0x3f3504f3u);
  let s = (m - 1.0) / (m + 1.0);
  let z = s * s;
  let series = 2.0 + z * (2.0 / 3.0 + z * (2.0 / 5.0 + z * (2.0 / 7.0 + z * (2.0 / 9.0))));
  return f32(24 - e) * 0.6931471805599453 - s * series;
}

// cos and sin of 2π·k·2⁻²⁴, k < 2²⁴: the nearest quarter turn is exact, the rest is an angle within ±π/4.
fn cos_sin(k: u32) -> vec2f {
  let quarter = (k + 0x200000u) >> 22u;
  let a = f32(i32(k) - i32(quarter << 22u)) * (6.283185307179586 * 0x1p-24f);
  let z = a * a;
  let c = 1.0 + z * (-0.5 + z * (1.0 / 24.0 + z * (-1.0 / 720.0 + z * (1.0 / 40320.0))));
  let s = a * (1.0 + z * (-1.0 / 6.0 + z * (1.0 / 120.0 + z * (-1.0 / 5040.0 + z * (1.0 / 362880.0)))));
  let turned = select(vec2f(c, s), vec2f(-s, c), (quarter & 1u) == 1u);
  return select(turned, -turned, (quarter & 2u) == 2u);
}

fn normal_pair(words: vec2u) -> vec2f {
  return sqrt(2.0 * minus_log((words.x >> 8u) + 1u)) * cos_sin(words.y >> 8u);
}
