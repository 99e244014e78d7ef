//! use lib/flat_index.wgsl
//! use conv2d/geometry.wgsl
//! use conv2d/taps.wgsl
//! use conv2d/staged.wgsl
//! use storage/* as storage
// partials[slice, o, k] = Σ over the slice's p of dy[o, p] · columns[k, p]: p = (n, oy, ox), k = (c, ky, kx), and
// columns[k, p] = x[n, c, oy·SH + ky·DH − pad_h, ox·SW + kx·DW − pad_w] is made while staging, 0 outside of x.
// A workgroup owns 64 channels × 64 taps of one slice and steps 8 outputs p at a time; each of its 64 threads owns 8 × 8.
@group(0) @binding(1) var<storage, read> x: array<Stored>;               // [batch, groups·in_c, in_h, in_w]
@group(0) @binding(2) var<storage, read> dy: array<Stored>;              // [batch, groups·out_c, out_h, out_w]
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;  // [slices, groups·out_c, in_c, KH, KW]

struct Place { n: u32, oy: u32, ox: u32, live: bool }

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

  let quad = lane % 16u; // which four channels and four taps this lane stages
  let last = params.out_c - 1u;
  let channels = g * params.out_c + min(vec4u(o + quad * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(last));
  let windows = taps_at(k + quad * 4u);

  var s: Sums;
  let rows = params.batch * params.out_h;
  let per_slice = (rows + params.slices - 1u) / params.slices;
  let end = min(rows, (slice + 1u) * per_slice) * params.out_w;
  for (var p = slice * per_slice * params.out_w; p < end; p += 8u) {
    workgroupBarrier(); // both tiles are about to be overwritten
    let near = place_of(p + lane / 16u, end);
    let far = place_of(p + lane / 16u + 4u, end);
    filters[lane] = upstream(channels, near);
    filters[lane + 64u] = upstream(channels, far);
    columns[lane] = inputs(moved(windows, near.oy * SH, (near.n * params.groups + g) * params.in_c), near.ox, near.live);
    columns[lane + 64u] = inputs(moved(windows, far.oy * SH, (far.n * params.groups + g) * params.in_c), far.ox, far.live);
    workgroupBarrier();
    for (var i = 0u; i < 2u; i++) { // written out: only here does the compiler see that no index needs a clamp
      let f = i * 64u + lane / 8u;
      let t = i * 64u + lane % 8u;
      outer(&s, Cell(filters[f], filters[f + 8u]), columns[t], columns[t + 8u]);
      outer(&s, Cell(filters[f + 16u], filters[f + 24u]), columns[t + 16u], columns[t + 24u]);
      outer(&s, Cell(filters[f + 32u], filters[f + 40u]), columns[t + 32u], columns[t + 40u]);
      outer(&s, Cell(filters[f + 48u], filters[f + 56u]), columns[t + 48u], columns[t + 56u]);
    }
  }
  // columns 4..7 and channels 4..7 of the tile are 32 further on
  for (var j = 0u; j < 8u; j++) {
    store(slice, g, o + lane / 8u * 4u, k + lane % 8u * 4u + (j & 3u) + (j & 4u) * 8u, cell(s, j));
  }
}

// Output p of the batch; past the end of the slice it is not live, and counts as 0.
fn place_of(p: u32, end: u32) -> Place {
  return Place(p / params.out_w / params.out_h, p / params.out_w % params.out_h, p % params.out_w, p < end);
}

fn upstream(channels: vec4u, at: Place) -> vec4f {
  let planes = at.n * params.groups * params.out_c + channels;
  let i = (planes * params.out_h + at.oy) * params.out_w + at.ox;
  return select(vec4f(0.0), vec4f(Stored4(dy[i.x], dy[i.y], dy[i.z], dy[i.w])), at.live);
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
