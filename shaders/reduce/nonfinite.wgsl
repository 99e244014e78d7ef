// (i, bits of x[i]) for the least i of piece g with x[i] ∈ {NaN, ±∞}, or i = 2³² − 1 if there is none, where
// piece g = x[g·length … min((g + 1)·length, count) − 1]
override WG: u32 = 64; // a power of two

struct Params { count: u32, length: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;           // [count]
@group(0) @binding(2) var<storage, read_write> found: array<u32>; // [pieces, 2]

const NONE = 0xffffffffu;

var<workgroup> least: array<u32, WG>;

@compute @workgroup_size(WG)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let end = min((group.x + 1u) * params.length, params.count);
  var mine = NONE;
  for (var i = group.x * params.length + lane; i < end; i += WG) {
    // an exponent of ones: NaN or infinite
    let bad = (bitcast<u32>(x[i]) & 0x7f800000u) == 0x7f800000u;
    mine = min(mine, select(NONE, i, bad));
  }
  least[lane] = mine;
  workgroupBarrier();
  for (var stride = WG / 2u; stride > 0u; stride >>= 1u) {
    if (lane < stride) { least[lane] = min(least[lane], least[lane + stride]); }
    workgroupBarrier();
  }
  if (lane == 0u) {
    let i = least[0];
    found[2u * group.x] = i;
    var bits = 0u;
    if (i != NONE) { bits = bitcast<u32>(x[i]); }
    found[2u * group.x + 1u] = bits;
  }
}
