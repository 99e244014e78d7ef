//! use lib/flat_index.wgsl
//! inout y
// y[first + 64·b + k] ← arena[64·table[b] + k], or 0 where table[b] names no block of the arena
override WG: u32 = 64;

const BLOCK = 64u;

struct Params {
  count: u32,  // 64 · length of the table
  first: u32,  // place in y of the table's first block
  blocks: u32, // blocks of the arena
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> arena: array<f32>;   // [64 · blocks]
@group(0) @binding(2) var<storage, read> table: array<u32>;   // [count / 64]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [≥ first + count]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i >= params.count) { return; }
  let source = table[i / BLOCK];
  let there = source < params.blocks;
  y[params.first + i] = select(0.0, arena[select(0u, source, there) * BLOCK + i % BLOCK], there);
}
