//! use lib/flat_index.wgsl
// sum[i] = Σ over s of partials[s, i]: four running sums over s mod 4, then those in order, the same in every run
override WG: u32 = 64;

struct Params { count: u32, slices: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> partials: array<f32>;   // [slices, count]
@group(0) @binding(2) var<storage, read_write> sum: array<f32>;  // [count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let n = params.count;
  let whole = params.slices & ~3u;
  var s = vec4f();
  var at = i;
  for (var k = 0u; k < whole; k += 4u) {
    s += vec4f(partials[at], partials[at + n], partials[at + 2u * n], partials[at + 3u * n]);
    at += 4u * n;
  }
  for (var k = whole; k < params.slices; k++) {
    s.x += partials[at];
    at += n;
  }
  sum[i] = s.x + s.y + s.z + s.w;
}
