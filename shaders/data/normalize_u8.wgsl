//! use lib/flat_index.wgsl
//! use lib/nan.wgsl
// y[i, c, p] = bytes[index[i], c, p] · scale[c] + shift[c]: a mini-batch out of images stored as bytes, four to a word,
// lowest byte first, with no padding between rows. NaN where an index is out of range.
override WG: u32 = 64;

struct Params {
  count: u32,
  rows: u32,
  width: u32, // bytes a row: channels · plane
  plane: u32, // pixels of a channel
  scale: vec4f,
  shift: vec4f,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> bytes: array<u32>;   // [ceil(rows · width / 4)]
@group(0) @binding(2) var<storage, read> index: array<u32>;   // [n]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [n, channels, plane]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let row = index[i / params.width];
  let column = i % params.width;
  var value = quiet_nan();
  if (row < params.rows) {
    let at = row * params.width + column;
    let byte = (bytes[at / 4u] >> (at % 4u * 8u)) & 255u;
    let channel = column / params.plane;
    value = f32(byte) * params.scale[channel] + params.shift[channel];
  }
  y[i] = value;
}
