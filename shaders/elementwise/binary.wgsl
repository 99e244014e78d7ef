//! use lib/flat_index.wgsl
//! use lib/strided.wgsl
//! use element/* as element
//! use result/* as result
//! use elementwise/point/binary.wgsl
//! use elementwise/pair/* as pair
// c[i] = op(a[i · strides of a], b[i · strides of b]) with i the coordinates in c; a broadcast axis has stride 0.
// Equal shapes and scalars collapse to one axis, and one axis costs no division. Where rows are whole packs of four in
// one operand, and whole packs or one number in the other, everything is counted in packs.
override WG: u32 = 256;

struct Params {
  packs: u32, // packs of one element or four
  rank: u32,
  axes: array<Axis, 8>, // strides in a and b
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<PackA>;      // [...] that broadcasts to c
@group(0) @binding(2) var<storage, read> b: array<PackB>;      // [...] that broadcasts to c
@group(0) @binding(3) var<storage, read_write> c: array<Pack>; // [count]

fn f(a: Element, b: Element) -> Result { return point(a, b); }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.packs) { return; }
  let at = strided(i);
  c[i] = pair(a[at.x], b[at.y]);
}
