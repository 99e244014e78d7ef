//! use lib/flat_index.wgsl
//! inout p
// p[64·table[b] + k] ← x[first + 64·b + k] + t · d[first + 64·b + k]; with t = 0 whatever d holds does not matter
override WG: u32 = 64;

const BLOCK = 64u;

struct Params {
  count: u32,  // 64 · length of the table
  first: u32,  // place in x and d of the table's first block
  blocks: u32, // blocks of the arena p
  t: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> table: array<u32>;   // [count / 64], without repetition
@group(0) @binding(2) var<storage, read> x: array<f32>;       // [≥ first + count]
@group(0) @binding(3) var<storage, read> d: array<f32>;       // [≥ first + count]
@group(0) @binding(4) var<storage, read_write> p: array<f32>; // [64 · blocks]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let target_block = table[i / BLOCK];
  if (target_block >= params.blocks) { return; }
  let at = params.first + i;
  p[target_block * BLOCK + i % BLOCK] = x[at] + select(params.t * d[at], 0.0, params.t == 0.0);
}
