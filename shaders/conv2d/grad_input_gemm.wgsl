//! use lib/flat_index.wgsl
//! use conv2d/geometry.wgsl
//! use conv2d/staged.wgsl
//! use conv2d/phase.wgsl
//! use storage/* as storage
// dx[n, c, iy, ix] = Σ over ky, kx, o of weight[o, c, ky, kx] · dy[n, o, oy, ox]
// with oy·SH = iy + pad_h − ky·DH and ox·SW = ix + pad_w − kx·DW, where these divide and dy exists.
// Pixels of one phase (iy mod SH, ix mod SW) meet the same taps: every STEP_H-th row of the kernel, every STEP_W-th column.
// A workgroup owns 64 channels c × 64 pixels of a phase and steps 8 channels o of one tap at a time; each of its 64 threads
// owns 8 × 8.
override STEP_H: u32 = 1u; // SH / gcd(SH, DH): from one tap of a phase to the next
override STEP_W: u32 = 1u;
override MOVE_H: u32 = 1u; // DH · STEP_H / SH: rows of dy between them
override MOVE_W: u32 = 1u;

@group(0) @binding(1) var<storage, read> dy: array<Stored>;       // [batch, groups·out_c, out_h, out_w]
@group(0) @binding(2) var<storage, read> weight: array<f32>;   // [groups·out_c, in_c, KH, KW]
@group(0) @binding(3) var<storage, read_write> dx: array<Stored>; // [batch, groups·in_c, in_h, in_w]

// Four pixels of the input: their image, row and column.
struct Pixels { n: vec4u, iy: vec4u, ix: vec4u }

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let per_phase = params.batch * ((params.in_h + SH - 1u) / SH) * ((params.in_w + SW - 1u) / SW);
  let runs = (per_phase + 63u) / 64u;
  let strips = (params.in_c + 63u) / 64u;
  let index = flat_group(group, groups);
  let strip = index / runs / (SH * SW);
  if (strip >= strips * params.groups) { return; }
  let g = strip / strips;
  let c = strip % strips * 64u;
  let first = index % runs * 64u;
  let phase = vec2u(index / runs / SW % SH, index / runs % SW);
  let ky0 = first_tap(phase.x + params.pad_h, SH, DH, STEP_H);
  let kx0 = first_tap(phase.y + params.pad_w, SW, DW, STEP_W);

  let quad = lane % 16u; // which four channels and four pixels this lane stages
  let channels = min(vec4u(c + quad * 4u) + vec4u(0u, 1u, 2u, 3u), vec4u(params.in_c - 1u));
  let window = params.in_c * KH * KW; // from one channel o to the next
  let plane = params.out_h * params.out_w;
  let o0 = g * params.out_c + lane / 16u;
  let pixels = pixels_at(vec4u(first + quad * 4u) + vec4u(0u, 1u, 2u, 3u), phase);
  let images = (pixels.n * params.groups * params.out_c + o0) * plane;

  var s: Sums;
  var oy = outputs_of(pixels.iy + params.pad_h, ky0 * DH, SH);
  for (var ky = ky0; ky < KH; ky += STEP_H) {
    var ox = outputs_of(pixels.ix + params.pad_w, kx0 * DW, SW);
    for (var kx = kx0; kx < KW; kx += STEP_W) {
      let inside = (oy < vec4u(params.out_h)) & (ox < vec4u(params.out_w)) & (pixels.n < vec4u(params.batch));
      let at = images + select(vec4u(0u), oy * params.out_w + ox, inside);
      let tap = o0 * window + (channels * KH + ky) * KW + kx;
      for (var o = 0u; o < params.out_c; o += 8u) {
        workgroupBarrier(); // both tiles are about to be overwritten
        let near = o + lane / 16u < params.out_c; // past the last channel both factors are 0
        let far = o + 4u + lane / 16u < params.out_c;
        filters[lane] = weights(tap + o * window, near);
        filters[lane + 64u] = weights(tap + (o + 4u) * window, far);
        columns[lane] = upstream(at + o * plane, inside & vec4<bool>(near));
        columns[lane + 64u] = upstream(at + (o + 4u) * plane, inside & vec4<bool>(far));
        workgroupBarrier();
        for (var k = 0u; k < 2u; k++) { // written out: only here does the compiler see that no index needs a clamp
          let f = k * 64u + lane / 8u;
          let p = k * 64u + lane % 8u;
          outer(&s, Cell(filters[f], filters[f + 8u]), columns[p], columns[p + 8u]);
          outer(&s, Cell(filters[f + 16u], filters[f + 24u]), columns[p + 16u], columns[p + 24u]);
          outer(&s, Cell(filters[f + 32u], filters[f + 40u]), columns[p + 32u], columns[p + 40u]);
          outer(&s, Cell(filters[f + 48u], filters[f + 56u]), columns[p + 48u], columns[p + 56u]);
        }
      }
      ox -= MOVE_W;
    }
    oy -= MOVE_H;
  }
  // columns 4..7 and channels 4..7 of the tile are 32 further on
  for (var j = 0u; j < 8u; j++) {
    let p = pixels_at(vec4u(first + lane % 8u * 4u + (j & 3u) + (j & 4u) * 8u), phase);
    store(p, g, c + lane / 8u * 4u, cell(s, j));
  }
}

// Pixels number p of a phase; those of the images past the last do not exist.
fn pixels_at(p: vec4u, phase: vec2u) -> Pixels {
  let rows = (params.in_h + SH - 1u) / SH;
  let columns = (params.in_w + SW - 1u) / SW;
  return Pixels(p / columns / rows, p / columns % rows * SH + phase.x, p % columns * SW + phase.y);
}

// (position − offset) / stride, exact; before the first output it wraps to a huge number.
fn outputs_of(position: vec4u, offset: u32, stride: u32) -> vec4u {
  return vec4u((vec4i(position) - i32(offset)) / i32(stride));
}

fn weights(i: vec4u, live: bool) -> vec4f {
  return select(vec4f(0.0), vec4f(weight[i.x], weight[i.y], weight[i.z], weight[i.w]), live);
}

fn upstream(i: vec4u, inside: vec4<bool>) -> vec4f {
  return select(vec4f(0.0), vec4f(Stored4(dy[i.x], dy[i.y], dy[i.z], dy[i.w])), inside);
}

fn store(p: Pixels, g: u32, first: u32, sums: Cell) {
  if ((p.n.x >= params.batch) | (p.iy.x >= params.in_h) | (p.ix.x >= params.in_w)) { return; }
  for (var j = 0u; j < 8u; j++) {
    let c = first + (j & 3u) + (j & 4u) * 8u;
    if (c >= params.in_c) { continue; }
    let plane = (p.n.x * params.groups + g) * params.in_c + c;
    dx[(plane * params.in_h + p.iy.x) * params.in_w + p.ix.x] = Stored(channel_of(sums, j));
  }
}
