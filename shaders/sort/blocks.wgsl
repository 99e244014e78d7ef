//! use lib/flat_index.wgsl
// sorted_keys[r, b, :] ≤ …: the `keep` smallest of the pairs (keys[r, j], ids[r, j]) of block b of row r, in order; equal
// keys go by their ids, which makes the order unique. A block is `padded` neighbours, a power of two, sorted by a bitonic
// network in workgroup memory (Batcher 1968); short rows share a workgroup. The last block is padded with pairs
// greater than every other.
const WG = 64u;
const TILE = 1024u;
const LAST = 0xffffffffu;

struct Params { rows: u32, length: u32, blocks: u32, padded: u32, keep: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> keys: array<u32>;              // [rows, length]
@group(0) @binding(2) var<storage, read> ids: array<u32>;               // [rows, length]
@group(0) @binding(3) var<storage, read_write> sorted_keys: array<u32>; // [rows, blocks, keep]
@group(0) @binding(4) var<storage, read_write> sorted_ids: array<u32>;  // [rows, blocks, keep]

var<workgroup> tile_keys: array<u32, TILE>;
var<workgroup> tile_ids: array<u32, TILE>;

// Exchanges two places of the tile unless they are in the wanted order.
fn exchange(low: u32, high: u32, ascending: bool) {
  let a = tile_keys[low];
  let b = tile_keys[high];
  let c = tile_ids[low];
  let d = tile_ids[high];
  let greater = (a > b) | ((a == b) & (c > d));
  if (greater == ascending) {
    tile_keys[low] = b;
    tile_keys[high] = a;
    tile_ids[low] = d;
    tile_ids[high] = c;
  }
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let padded = params.padded;
  let first = flat_group(group, groups) * (TILE / padded); // block of the first place of the tile, over all rows
  for (var t = lane; t < TILE; t += WG) {
    let piece = first + t / padded;
    let row = piece / params.blocks;
    let j = piece % params.blocks * padded + t % padded;
    tile_keys[t] = LAST;
    tile_ids[t] = LAST;
    if ((row < params.rows) & (j < params.length)) {
      tile_keys[t] = keys[row * params.length + j];
      tile_ids[t] = ids[row * params.length + j];
    }
  }
  workgroupBarrier();
  for (var run = 2u; run <= padded; run *= 2u) {
    for (var reach = run / 2u; reach > 0u; reach /= 2u) {
      for (var pair = lane; pair < TILE / 2u; pair += WG) {
        let low = pair / reach * 2u * reach + pair % reach;
        exchange(low, low + reach, ((low % padded) & run) == 0u);
      }
      workgroupBarrier();
    }
  }
  for (var t = lane; t < TILE; t += WG) {
    let piece = first + t / padded;
    let place = t % padded;
    if ((piece < params.rows * params.blocks) & (place < params.keep)) {
      sorted_keys[piece * params.keep + place] = tile_keys[t];
      sorted_ids[piece * params.keep + place] = tile_ids[t];
    }
  }
}
