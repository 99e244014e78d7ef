// Compilers may fold `x != x` to false: so NaN is recognised by its bits.
fn is_nan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }

// A NaN made at run time; WGSL rejects constant expressions that are not finite.
fn quiet_nan() -> f32 {
  var bits = 0x7fc00000u;
  return bitcast<f32>(bits);
}

// +∞, made at run time for the same reason.
fn infinity() -> f32 {
  var bits = 0x7f800000u;
  return bitcast<f32>(bits);
}

// y, or NaN where x is NaN: min, max and clamp may drop a NaN on the way from x to y.
fn keep_nan(x: f32, y: f32) -> f32 { return select(y, x, is_nan(x)); }

fn is_infinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) == 0x7f800000u; }
