//! use lib/flat_index.wgsl
//! use conv2d/geometry.wgsl
//! use epilogue/* as epilogue
//! use preactivation/* as preactivation
//! use activation/* as act
//! use storage/* as storage
// y[n, o, oy, ox] = act(bias[o] + Σ over c, ky, kx of x[n, c, oy·SH + ky·DH − pad_h, ox·SW + kx·DW − pad_w] · weight[o, c, ky, kx])
// One thread per output: the readable version, for comparison with the fast kernels.
override WG: u32 = 64;

@group(0) @binding(1) var<storage, read> x: array<Stored>;       // [batch, groups·in_c, in_h, in_w]
@group(0) @binding(2) var<storage, read> weight: array<f32>;  // [groups·out_c, in_c, KH, KW]
@group(0) @binding(5) var<storage, read_write> y: array<Stored>; // [batch, groups·out_c, out_h, out_w]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  let channels = params.groups * params.out_c;
  if (i >= params.batch * channels * params.out_h * params.out_w) { return; }
  let ox = i % params.out_w;
  let oy = i / params.out_w % params.out_h;
  let channel = i / (params.out_w * params.out_h) % channels;
  let n = i / (params.out_w * params.out_h * channels);
  let first = (n * params.groups + channel / params.out_c) * params.in_c; // first input plane of this group

  var sum = 0.0;
  for (var c = 0u; c < params.in_c; c++) {
    for (var ky = 0u; ky < KH; ky++) {
      let iy = oy * SH + ky * DH - params.pad_h; // wraps to a huge number above the input
      if (iy >= params.in_h) { continue; }
      for (var kx = 0u; kx < KW; kx++) {
        let ix = ox * SW + kx * DW - params.pad_w;
        if (ix >= params.in_w) { continue; }
        let tap = ((channel * params.in_c + c) * KH + ky) * KW + kx;
        sum += f32(x[((first + c) * params.in_h + iy) * params.in_w + ix]) * weight[tap];
      }
    }
  }
  y[i] = Stored(act(keep_z(per_channel(sum, channel), i)));
}
