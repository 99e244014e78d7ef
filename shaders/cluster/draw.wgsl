//! use lib/flat_index.wgsl
// drawn[t] = the first i with cumulative[i] > uniform[t] · cumulative[count − 1]: an index with a probability in proportion to
// its step of the running sums. Where all are 0 the last.
override WG: u32 = 64;

struct Params { count: u32, draws: u32, top: u32 } // top: the greatest power of two ≤ count

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> cumulative: array<f32>;  // [count], or more
@group(0) @binding(2) var<storage, read> uniforms: array<f32>;    // [draws]
@group(0) @binding(3) var<storage, read_write> drawn: array<u32>; // [draws]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let t = flat_index(group, groups, lane, WG);
  if (t >= params.draws) { return; }
  let limit = uniforms[t] * cumulative[params.count - 1u];
  var below = 0u; // number of first sums that are known to be ≤ limit, at most count − 1
  for (var step = params.top; step > 0u; step = step >> 1u) {
    let next = below + step;
    if (next < params.count) {
      if (cumulative[next - 1u] <= limit) { below = next; }
    }
  }
  drawn[t] = below;
}
