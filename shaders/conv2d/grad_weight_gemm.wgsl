//! use lib/flat_index.wgsl
//! use conv2d/geometry.wgsl
//! use conv2d/taps.wgsl
//! use conv2d/staged.wgsl
// partials[slice, o, k] = Σ over the slice's p of dy[o, p] · columns[k, p]: p = (n, oy, ox), k = (c, ky, kx), and
// columns[k, p] = x[n, c, oy·SH + ky·DH − pad_h, ox·SW + kx·DW − pad_w] is made while staging, 0 outside of x.
// A workgroup owns 64 channels × 64 taps of one slice and steps 8 outputs p at a time; each of its 64 threads owns 8 × 8.
@group(0) @binding(1) var<storage, read> x: array<f32>;               // [batch, groups·in_c, in_h, in_w]
@group(0) @binding(2) var<storage, read> dy: array<f32>;              // [batch, groups·out_c, out_h, out_w]
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;  // [slices, groups·out_c, in_c, KH, KW]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let taps = params.in_c * KH * KW;
  let blocks = (taps + 63u) / 64u;
  let strips = (params.out_c + 63u) / 64u;
  let index = flat_group(group, groups);
  let slice = index / (blocks * strips * params.groups);
  if (slice >= params.slices) { return; }
  let k = index % blocks * 64u;
  let o = index / blocks % strips * 64u;
  let g = index / blocks / strips % params.groups;

  let quad = lane % 16u; // of channels and of taps, to stage
  let last = params.out_c - 1u;
  let channels = g * params.out_c + min(vec4u(o + quad * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(last));
  let windows = taps_at(k + quad * 4u, taps);
  let row = lane / 8u % 8u; // of 8 channels, and of 8 taps: the thread's tile
  let column = lane % 8u;

  var s: Sums;
  let rows = params.batch * params.out_h;
  let per_slice = (rows + params.slices - 1u) / params.slices;
  let end = min(rows, (slice + 1u) * per_slice) * params.out_w;
  for (var p = slice * per_slice * params.out_w; p < end; p += 8u) {
    workgroupBarrier(); // both tiles are about to be overwritten
    for (var j = lane / 16u; j < 8u; j += 4u) {
      let ox = (p + j) % params.out_w;
      let oy = (p + j) / params.out_w % params.out_h;
      let n = (p + j) / params.out_w / params.out_h;
      let live = p + j < end; // past the end both factors are 0
      filters[j * 16u + quad] = upstream(channels, n, oy, ox, live);
      columns[j * 16u + quad] = inputs(rows_of(windows, n * params.groups + g, oy), ox, live);
    }
    workgroupBarrier();
    multiply(&s, row, column);
  }
  // columns 4..7 and channels 4..7 of the tile are 32 further on
  for (var j = 0u; j < 8u; j++) {
    store(slice, g, o + row * 4u, k + column * 4u + (j & 3u) + (j & 4u) * 8u, cell(s, j));
  }
}

fn upstream(channels: vec4u, n: u32, oy: u32, ox: u32, live: bool) -> vec4f {
  let planes = n * params.groups * params.out_c + channels;
  let i = (planes * params.out_h + oy) * params.out_w + ox;
  return select(vec4f(0.0), vec4f(dy[i.x], dy[i.y], dy[i.z], dy[i.w]), live);
}

fn store(slice: u32, g: u32, first: u32, tap: u32, sums: Cell) {
  let taps = params.in_c * KH * KW;
  if (tap >= taps) { return; }
  for (var j = 0u; j < 8u; j++) {
    let c = first + (j & 3u) + (j & 4u) * 8u;
    if (c >= params.out_c) { continue; }
    partials[((slice * params.groups + g) * params.out_c + c) * taps + tap] = channel_of(sums, j);
  }
}
