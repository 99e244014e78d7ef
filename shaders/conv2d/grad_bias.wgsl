//! use lib/flat_index.wgsl
//! use lib/workgroup_sum.wgsl
//! use storage/* as storage
// dbias[o] = Σ over n, oy, ox of dy[n, o, oy, ox]: a workgroup sums a channel
struct Params {
  batch: u32,
  channels: u32,
  plane: u32, // out_h · out_w
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<Stored>;          // [batch, channels, out_h, out_w]
@group(0) @binding(2) var<storage, read_write> dbias: array<f32>; // [channels]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let channel = flat_group(group, groups);
  if (channel >= params.channels) { return; }
  let count = params.batch * params.plane;
  var sum = 0.0;
  var n = lane / params.plane;
  var i = lane % params.plane;
  for (var k = lane; k < count; k += WG) {
    sum += f32(dy[(n * params.channels + channel) * params.plane + i]);
    i += WG;
    n += i / params.plane;
    i %= params.plane;
  }
  let total = workgroup_sum(lane, sum);
  if (lane == 0u) { dbias[channel] = total; }
}
