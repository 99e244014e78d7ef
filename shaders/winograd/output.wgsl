//! use lib/flat_index.wgsl
//! use winograd/tiles.wgsl
//! use epilogue/* as epilogue
//! use preactivation/* as preactivation
//! use activation/* as act
//! use storage/* as storage
// The 2 × 2 pixels of tile p of y[·, o] = act(bias[o] + Aᵀ · m[·, ·, o, p] · A), with Aᵀ = [1 1 1 0; 0 1 −1 −1].
override WG: u32 = 256;

@group(0) @binding(1) var<storage, read> m: array<vec4f>;        // [4, 4, channels, fours]: four tiles a vector
@group(0) @binding(5) var<storage, read_write> y: array<Stored>; // [batch, channels, height, width]

// A row of four tiles: their left and their right pixels.
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
  let b = line(1u, e);
  let c = line(2u, e);
  let y = t.row * 2u;
  keep(t, channel, y, pair(add(line(0u, e), add(b, c))));
  keep(t, channel, y + 1u, pair(subtract(subtract(b, c), line(3u, e))));
}

fn line(i: u32, e: u32) -> Line {
  let step = params.channels * params.fours;
  let at = i * 4u * step + e;
  return Line(m[at], m[at + step], m[at + 2u * step], m[at + 3u * step]);
}

fn pair(l: Line) -> Pair { return Pair(l.a + l.b + l.c, l.b - l.c - l.d); }

fn keep(t: Tiles, channel: u32, y: vec4u, p: Pair) {
  let rows = rows_at(t, channel, y);
  let at = rows.start + t.column * 2u;
  let left = rows.width != vec4u(0u); // a tile begins inside of its row
  let right = t.column * 2u + 1u < rows.width;
  if (left.x) { store(at.x, channel, p.left.x); }
  if (right.x) { store(at.x + 1u, channel, p.right.x); }
  if (left.y) { store(at.y, channel, p.left.y); }
  if (right.y) { store(at.y + 1u, channel, p.right.y); }
  if (left.z) { store(at.z, channel, p.left.z); }
  if (right.z) { store(at.z + 1u, channel, p.right.z); }
  if (left.w) { store(at.w, channel, p.left.w); }
  if (right.w) { store(at.w + 1u, channel, p.right.w); }
}

fn store(i: u32, channel: u32, sum: f32) {
  y[i] = Stored(act(keep_z(per_channel(sum, channel), i)));
}
