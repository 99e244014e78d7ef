//! use lib/flat_index.wgsl
//! use lib/strided.wgsl
//! use elementwise/chain_body/* as body
//! use elementwise/chain_width/* as width
// y₀[i], y₁[i] = chain(x₀[i], …, x₃[i], b₀[…], b₁[…]): neighbouring elementwise kernels in one pass over memory.
// An operand that broadcasts has strides of its own: it is read at at.x, at.y or at.z instead of i.
// The body says which buffers there are and what is done to their elements; those it leaves out are not bound.
override WG: u32 = 256;

struct Params {
  packs: u32, // packs of one element or four
  rank: u32,
  axes: array<Axis, 8>, // strides in at
  scalars: array<vec4f, 4>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x0: array<Pack>;       // [...] that broadcasts to y
@group(0) @binding(2) var<storage, read> x1: array<Pack>;       // [...] that broadcasts to y
@group(0) @binding(3) var<storage, read> x2: array<Pack>;       // [...] that broadcasts to y
@group(0) @binding(4) var<storage, read> x3: array<Pack>;       // [...] that broadcasts to y
@group(0) @binding(5) var<storage, read> b0: array<f32>;        // [...] that broadcasts to y, one number a pack
@group(0) @binding(6) var<storage, read> b1: array<f32>;        // [...] that broadcasts to y, one number a pack
@group(0) @binding(7) var<storage, read_write> y0: array<Pack>; // [count]
@group(0) @binding(8) var<storage, read_write> y1: array<Pack>; // [count]

struct Operands {
  x0: Pack,
  x1: Pack,
  x2: Pack,
  x3: Pack,
  b0: f32,
  b1: f32,
  old0: Pack, // of y0, where it is updated in place
  old1: Pack,
}

struct Results { y0: Pack, y1: Pack }

fn x0_at(i: u32) -> Pack { return x0[i]; }
fn x1_at(i: u32) -> Pack { return x1[i]; }
fn x2_at(i: u32) -> Pack { return x2[i]; }
fn x3_at(i: u32) -> Pack { return x3[i]; }
fn b0_at(i: u32) -> f32 { return b0[i]; }
fn b1_at(i: u32) -> f32 { return b1[i]; }
fn old0_at(i: u32) -> Pack { return y0[i]; }
fn old1_at(i: u32) -> Pack { return y1[i]; }
fn scalar_at(i: u32) -> f32 { return params.scalars[i >> 2u][i & 3u]; }
fn put_y0(i: u32, y: Results) { y0[i] = y.y0; }
fn put_y1(i: u32, y: Results) { y1[i] = y.y1; }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.packs) { return; }
  store(i, each(load(i, strided(i))));
}
