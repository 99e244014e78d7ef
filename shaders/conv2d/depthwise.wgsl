//! use lib/flat_index.wgsl
//! use conv2d/strip.wgsl
//! use conv2d/slide/* as slide
//! use epilogue/* as epilogue
//! use preactivation/* as preactivation
//! use activation/* as act
//! use storage/* as storage
// y[n, o, oy, ox] = act(bias[o] + Σ over ky, kx of x[n, c, oy·SH + ky − pad_h, ox·SW + kx − pad_w] · weight[o, ky, kx]),
// where each input channel c has out_c outputs o of its own, and x is 0 outside. A thread owns four columns of a strip of
// rows; the slot is the stride, along both axes.
override WG: u32 = 64;

@group(0) @binding(1) var<storage, read> x: array<StoredElement>;       // [batch, groups, in_h, in_w]
@group(0) @binding(2) var<storage, read> weight: array<f32>;      // [groups·out_c, 1, KH, KW]
@group(0) @binding(5) var<storage, read_write> y: array<StoredElement>; // [batch, groups·out_c, out_h, out_w]

// State of the thread, read by weight_of and finish.
var<private> channel: u32;

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  let columns = (params.out_w + 3u) / 4u;
  let plane = i / columns / params.slices;
  if (plane >= params.batch * params.groups * params.out_c) { return; }
  let rows = (params.out_h + params.slices - 1u) / params.slices;
  channel = plane % (params.groups * params.out_c);
  let strip = Strip(
    plane / params.out_c * params.in_h * params.in_w,
    plane * params.out_h * params.out_w,
    i / columns % params.slices * rows,
    i % columns * 4u,
    rows,
  );
  slide_down(strip, Size(params.in_h, params.in_w), Size(params.out_h, params.out_w), params.pad_h);
}

fn weight_of(tap: u32) -> f32 { return weight[channel * KH * KW + tap]; }

fn load(i: u32) -> Element { return Element(x[i]); }

fn keep(i: u32, value: Element) { y[i] = StoredElement(value); }

fn finish(sum: f32, i: u32) -> f32 { return act(keep_z(per_channel(sum, channel), i)); }
