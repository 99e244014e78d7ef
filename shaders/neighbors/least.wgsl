//! use lib/flat_index.wgsl
// index[i] = the 16 blocks b with the smallest pairs (near[b, i], b) greater than the pair (after_i, behind_i), in order. One
// lane for each query: it keeps a sorted list in four vectors and shifts a nearer block into it.
override WG: u32 = 64;

const FAR = 3.4028234e38;
const NO_POINT = 0xffffffffu;

struct Params { queries: u32, blocks: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> near: array<f32>;              // [blocks, queries]
@group(0) @binding(2) var<storage, read> after: array<f32>;             // [queries]: only blocks at a greater distance count, or
@group(0) @binding(3) var<storage, read> behind: array<u32>;            // [queries]: at the same distance with a greater index
@group(0) @binding(4) var<storage, read_write> distances: array<vec4f>; // [queries, 4]: ascending
@group(0) @binding(5) var<storage, read_write> index: array<vec4u>;     // [queries, 4]

struct Part {
  near: vec4f,
  who: vec4u,
}

// A part of the list with (distance, block) shifted in; `left` and `who` are the entry before the part.
fn shift_in(part: Part, distance: f32, row: u32, left: f32, who: u32) -> Part {
  let before = vec4f(left, part.near.xyz);
  let before_who = vec4u(who, part.who.xyz);
  let here = vec4f(distance) < part.near;
  let earlier = vec4f(distance) < before;
  return Part(
    select(select(part.near, vec4f(distance), here), before, earlier),
    select(select(part.who, vec4u(row), here), before_who, earlier),
  );
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let query = flat_index(group, groups, lane, WG);
  if (query >= params.queries) { return; }
  let limit = after[query];
  let limit_index = behind[query];
  var a = Part(vec4f(FAR), vec4u(NO_POINT));
  var b = a;
  var c = a;
  var d = a;
  for (var row = 0u; row < params.blocks; row++) {
    let distance = near[row * params.queries + query];
    let later = (distance > limit) | ((distance == limit) & (row > limit_index));
    if (!later | !(distance < d.near.w)) { continue; }
    d = shift_in(d, distance, row, c.near.w, c.who.w);
    c = shift_in(c, distance, row, b.near.w, b.who.w);
    b = shift_in(b, distance, row, a.near.w, a.who.w);
    a = shift_in(a, distance, row, -1.0, NO_POINT);
  }
  let at = 4u * query;
  distances[at] = a.near;
  distances[at + 1u] = b.near;
  distances[at + 2u] = c.near;
  distances[at + 3u] = d.near;
  index[at] = a.who;
  index[at + 1u] = b.who;
  index[at + 2u] = c.who;
  index[at + 3u] = d.who;
}
