//! use lib/flat_index.wgsl
//! use norm/neighbours.wgsl
// dx[c] = dy[c] · b[c]⁻ᵝ − 2αβ/size · x[c] · Σ dy[j]·x[j]·b[j]⁻ᵝ⁻¹, over the channels j whose neighbour c is:
// j = c − after … c + before. b is computed again; its reads stay in the cache.
override WG: u32 = 64;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;        // [N, C, S]
@group(0) @binding(2) var<storage, read> dy: array<f32>;       // [N, C, S]
@group(0) @binding(3) var<storage, read_write> dx: array<f32>; // [N, C, S]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let c = i / params.inner % params.channels;
  let last = min(c + params.before, params.channels - 1u);
  var sum = 0.0;
  for (var j = c - min(c, params.after); j <= last; j++) {
    let near = beside(i, c, j);
    let base = base_of(near, j);
    sum += dy[near] * x[near] * shrink(base) / base;
  }
  dx[i] = dy[i] * shrink(base_of(i, c)) - 2.0 * params.share * params.beta * x[i] * sum;
}
