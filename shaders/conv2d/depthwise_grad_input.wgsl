//! use lib/flat_index.wgsl
//! use conv2d/strip.wgsl
//! use conv2d/slide/one.wgsl
//! use storage/* as storage
// dx[n, c, iy, ix] = Σ over ky, kx of dy[n, c, iy + pad_h − ky, ix + pad_w − kx] · weight[c, ky, kx], with an output channel
// for each input channel: the forward kernel's sum with the window rotated by 180°.
override WG: u32 = 64;

@group(0) @binding(1) var<storage, read> dy: array<StoredElement>;       // [batch, groups, out_h, out_w]
@group(0) @binding(2) var<storage, read> weight: array<f32>;       // [groups, 1, KH, KW]
@group(0) @binding(3) var<storage, read_write> dx: array<StoredElement>; // [batch, groups, in_h, in_w]

var<private> channel: u32; // channel of this thread

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  let columns = (params.in_w + 3u) / 4u;
  let plane = i / columns / params.slices;
  if (plane >= params.batch * params.groups) { return; }
  let rows = (params.in_h + params.slices - 1u) / params.slices;
  channel = plane % params.groups;
  let strip = Strip(
    plane * params.out_h * params.out_w,
    plane * params.in_h * params.in_w,
    i / columns % params.slices * rows,
    i % columns * 4u,
    rows,
  );
  let top = KH - 1u - params.pad_h;
  slide_down(strip, Size(params.out_h, params.out_w), Size(params.in_h, params.in_w), top);
}

fn weight_of(tap: u32) -> f32 { return weight[(channel + 1u) * KH * KW - 1u - tap]; }

fn load(i: u32) -> Element { return Element(dy[i]); }

fn keep(i: u32, value: Element) { dx[i] = StoredElement(value); }

fn finish(sum: f32, i: u32) -> f32 { return sum; }
