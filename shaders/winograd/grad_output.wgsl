//! use lib/flat_index.wgsl
//! use winograd/pixels.wgsl
//! use storage/* as storage
// s[·, ·, o, p] = A · d · Aᵀ for the 2 × 2 pixels d of tile p of dy[·, o], 0 outside of it, with A = [1 0; 1 1; 1 −1; 0 −1].
override WG: u32 = 256;

@group(0) @binding(1) var<storage, read> dy: array<Stored>;     // [batch, channels, height, width]
@group(0) @binding(2) var<storage, read_write> s: array<vec4f>; // [4, 4, channels, fours]: four tiles a vector

// Pixels of a row of the tiles: on the left and on the right.
struct Pair { left: vec4f, right: vec4f }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.channels * params.fours) { return; }
  let channel = e / params.fours;
  let t = tiles_at(e % params.fours);
  let a = pair(t, channel, t.row * 2u);
  let b = pair(t, channel, t.row * 2u + 1u);
  keep(0u, e, a);
  keep(1u, e, Pair(a.left + b.left, a.right + b.right));
  keep(2u, e, Pair(a.left - b.left, a.right - b.right));
  keep(3u, e, Pair(-b.left, -b.right));
}

fn pair(t: Tiles, channel: u32, y: vec4u) -> Pair {
  let rows = rows_at(t, channel, y);
  return Pair(pixels(rows, t.column * 2u), pixels(rows, t.column * 2u + 1u));
}

fn image(i: vec4u) -> vec4f { return vec4f(Stored4(dy[i.x], dy[i.y], dy[i.z], dy[i.w])); }

fn keep(i: u32, e: u32, p: Pair) {
  let step = params.channels * params.fours;
  let at = i * 4u * step + e;
  s[at] = p.left;
  s[at + step] = p.left + p.right;
  s[at + 2u * step] = p.left - p.right;
  s[at + 3u * step] = -p.right;
}
