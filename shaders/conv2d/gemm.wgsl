//! use lib/flat_index.wgsl
//! use conv2d/geometry.wgsl
//! use conv2d/staged.wgsl
//! use epilogue/* as epilogue
//! use preactivation/* as preactivation
//! use activation/* as act
//! use storage/* as storage
// y[o, p] = act(bias[o] + Σ over k of weight[o, k] · columns[k, p]), implicit: p = (n, oy, ox), k = (c, ky, kx), and
// columns[k, p] = x[n, c, oy·SH + ky·DH − pad_h, ox·SW + kx·DW − pad_w] is made while staging, 0 outside of x.
// A workgroup owns 64 channels × 64 outputs and steps 8 taps at a time; each of its 64 threads owns 8 × 8.
@group(0) @binding(1) var<storage, read> x: array<Stored>;       // [batch, groups·in_c, in_h, in_w]
@group(0) @binding(2) var<storage, read> weight: array<f32>;  // [groups·out_c, in_c, KH, KW]
@group(0) @binding(5) var<storage, read_write> y: array<Stored>; // [batch, groups·out_c, out_h, out_w]

// Four neighbouring outputs: first input plane, row and column of each one's window (wrapping in the padding).
struct Outputs { plane: vec4u, iy: vec4u, ix: vec4u }

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let count = params.batch * params.out_h * params.out_w;
  let runs = (count + 63u) / 64u;
  let strips = (params.out_c + 63u) / 64u;
  let index = flat_group(group, groups);
  let strip = index / runs;
  if (strip >= strips * params.groups) { return; }
  let g = strip / strips;
  let o = strip % strips * 64u;
  let first = index % runs * 64u;

  let quad = lane % 16u; // which four channels and four outputs this lane stages
  let channels = min(vec4u(o + quad * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(params.out_c - 1u));
  let taps = params.in_c * KH * KW;
  let filter_rows = (g * params.out_c + channels) * taps;
  let outputs = outputs_at(min(vec4u(first + quad * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(count - 1u)), g);

  var s: Sums;
  for (var k = 0u; k < taps; k += 8u) {
    workgroupBarrier(); // both tiles are about to be overwritten
    let near = k + lane / 16u;
    filters[lane] = filter_at(filter_rows, near, taps);
    filters[lane + 64u] = filter_at(filter_rows, near + 4u, taps);
    columns[lane] = column_at(outputs, near, taps);
    columns[lane + 64u] = column_at(outputs, near + 4u, taps);
    workgroupBarrier();
    for (var i = 0u; i < 2u; i++) { // written out: only here does the compiler see that no index needs a clamp
      let f = i * 64u + lane / 8u;
      let p = i * 64u + lane % 8u;
      outer(&s, Cell(filters[f], filters[f + 8u]), columns[p], columns[p + 8u]);
      outer(&s, Cell(filters[f + 16u], filters[f + 24u]), columns[p + 16u], columns[p + 24u]);
      outer(&s, Cell(filters[f + 32u], filters[f + 40u]), columns[p + 32u], columns[p + 40u]);
      outer(&s, Cell(filters[f + 48u], filters[f + 56u]), columns[p + 48u], columns[p + 56u]);
    }
  }
  // columns 4..7 and channels 4..7 of the tile are 32 further on
  for (var j = 0u; j < 8u; j++) {
    store(first + lane % 8u * 4u + (j & 3u) + (j & 4u) * 8u, g, o + lane / 8u * 4u, cell(s, j));
  }
}

fn outputs_at(p: vec4u, g: u32) -> Outputs {
  let oy = p / params.out_w % params.out_h;
  let n = p / params.out_w / params.out_h;
  let plane = (n * params.groups + g) * params.in_c;
  return Outputs(plane, oy * SH - params.pad_h, p % params.out_w * SW - params.pad_w);
}

// Past the last tap both factors are 0.
fn filter_at(rows: vec4u, tap: u32, taps: u32) -> vec4f {
  let i = rows + tap;
  let value = vec4f(weight[i.x], weight[i.y], weight[i.z], weight[i.w]);
  return select(vec4f(0.0), value, tap < taps);
}

fn column_at(outputs: Outputs, tap: u32, taps: u32) -> vec4f {
  let iy = outputs.iy + tap / KW % KH * DH;
  let ix = outputs.ix + tap % KW * DW;
  let i = ((outputs.plane + tap / (KH * KW)) * params.in_h + iy) * params.in_w + ix;
  let inside = (iy < vec4u(params.in_h)) & (ix < vec4u(params.in_w)) & vec4<bool>(tap < taps);
  return select(vec4f(0.0), vec4f(Stored4(x[i.x], x[i.y], x[i.z], x[i.w])), inside);
}

fn store(p: u32, g: u32, first: u32, sums: Cell) {
  let plane = params.out_h * params.out_w;
  let n = p / plane;
  if (n >= params.batch) { return; }
  for (var j = 0u; j < 8u; j++) {
    let c = first + (j & 3u) + (j & 4u) * 8u;
    if (c >= params.out_c) { continue; }
    let channel = g * params.out_c + c;
    let at = (n * params.groups * params.out_c + channel) * plane + p % plane;
    y[at] = Stored(act(keep_z(per_channel(channel_of(sums, j), channel), at)));
  }
}
