//! use lib/flat_index.wgsl
//! use conv2d/geometry.wgsl
//! use storage/* as storage
// columns[n, k, p] = x[n, c, oy·SH + ky·DH − pad_h, ox·SW + kx·DW − pad_w], 0 outside of x, with k = (c, ky, kx) and p = (oy, ox):
// y[n] = weight · columns[n] with the weight as a matrix [out_c, k]. A thread makes a row of outputs of one tap.
override WG: u32 = 256;

@group(0) @binding(1) var<storage, read> x: array<Stored>;             // [batch, in_c, in_h, in_w]
@group(0) @binding(2) var<storage, read_write> columns: array<Stored>; // [batch, in_c·KH·KW, out_h·out_w]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_index(group, groups, lane, WG); // (n, k, oy)
  let taps = params.in_c * KH * KW;
  if (row >= params.batch * taps * params.out_h) { return; }
  let k = row / params.out_h % taps;
  let plane = row / params.out_h / taps * params.in_c + k / (KH * KW);
  let iy = row % params.out_h * SH + k / KW % KH * DH - params.pad_h; // above the input it wraps to a huge number
  let first = k % KW * DW - params.pad_w;
  for (var ox = 0u; ox < params.out_w; ox++) {
    let ix = first + ox * SW;
    let inside = (iy < params.in_h) & (ix < params.in_w);
    columns[row * params.out_w + ox] = select(Stored(0.0), x[(plane * params.in_h + iy) * params.in_w + ix], inside);
  }
}
