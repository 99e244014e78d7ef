//! use lib/flat_index.wgsl
//! use lib/workgroup_sum.wgsl
// Of the finite elements of every piece x[first .. first + length): how many (n), how many zeros, the least, the
// greatest; and with s = 2^e, e = exponent of max |x|:
//   m = Σ (x/s) / n,  v = Σ (x/s − m)² / n,  so that mean = s·m and variance = s²·v
// Dividing by a power of two is exact, and no square overflows or vanishes: gradients of 1e-30 have a deviation, too.
struct Params { pieces: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;             // [elements]
@group(0) @binding(2) var<storage, read> pieces: array<vec2u>;      // [pieces, 2]: first, length
@group(0) @binding(3) var<storage, read_write> stats: array<vec4f>; // [pieces, 8]: n, zeros, least, greatest, s, m, v, 0

const GREATEST = 3.4028234663852886e38; // the largest f32
const NOTHING = vec4f(0.0, 0.0, -GREATEST, -GREATEST); // n, zeros, −least, greatest

var<workgroup> found: array<vec4f, WG>;

fn is_finite(value: f32) -> bool { return (bitcast<u32>(value) & 0x7f800000u) != 0x7f800000u; }

fn seen(value: f32) -> vec4f {
  let zero = (bitcast<u32>(value) & 0x7fffffffu) == 0u; // by the bits: a comparison may take denormals for 0
  return select(NOTHING, vec4f(1.0, f32(zero), -value, value), is_finite(value));
}

fn combine(a: vec4f, b: vec4f) -> vec4f { return vec4f(a.xy + b.xy, max(a.zw, b.zw)); }

// Merges the statistics of all lanes; every lane gets the result.
fn merge(lane: u32, mine: vec4f) -> vec4f {
  found[lane] = mine;
  workgroupBarrier();
  for (var half = WG / 2u; half > 0u; half /= 2u) {
    if (lane < half) { found[lane] = combine(found[lane], found[lane + half]); }
    workgroupBarrier();
  }
  return found[0];
}

// Biased exponent of s, kept where both s and 1/s are normal numbers.
fn exponent_of(size: f32) -> u32 { return clamp(bitcast<u32>(size) >> 23u, 1u, 253u); }

// value / s, or 0 for NaN and ±∞; inverse = 1/s.
fn scaled(value: f32, inverse: f32) -> f32 { return select(0.0, value * inverse, is_finite(value)); }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let piece = flat_group(group, groups);
  if (piece >= params.pieces) { return; } // uniform: the same for the whole workgroup
  let first = pieces[piece].x;
  let last = first + pieces[piece].y;
  var mine = NOTHING;
  for (var i = first + lane; i < last; i += WG) { mine = combine(mine, seen(x[i])); }
  let all = merge(lane, mine);
  let e = exponent_of(max(abs(all.z), abs(all.w)));
  let inverse = bitcast<f32>((254u - e) << 23u);
  let n = max(all.x, 1.0);
  var sum = 0.0;
  for (var i = first + lane; i < last; i += WG) { sum += scaled(x[i], inverse); }
  let m = workgroup_sum(lane, sum) / n;
  var squares = 0.0;
  for (var i = first + lane; i < last; i += WG) {
    let d = scaled(x[i], inverse) - m;
    squares += select(0.0, d * d, is_finite(x[i]));
  }
  let v = workgroup_sum(lane, squares) / n;
  if (lane == 0u) {
    stats[2u * piece] = vec4f(all.xy, -all.z, all.w);
    stats[2u * piece + 1u] = vec4f(bitcast<f32>(e << 23u), m, v, 0.0);
  }
}
