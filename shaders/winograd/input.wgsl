//! use lib/flat_index.wgsl
//! use winograd/pixels.wgsl
//! use storage/* as storage
// v[·, ·, c, p] = Bᵀ · d · B for the patch d of 4 × 4 pixels of x around tile p, with
// Bᵀ = [1 0 −1 0; 0 1 1 0; 0 −1 1 0; 0 1 0 −1]; d begins at (2·row − pad_h, 2·column − pad_w), and x is 0 outside.
override WG: u32 = 256;

@group(0) @binding(1) var<storage, read> x: array<Stored>;      // [batch, channels, height, width]
@group(0) @binding(2) var<storage, read_write> v: array<vec4f>; // [4, 4, channels, fours]: four tiles a vector

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
  let y = t.row * 2u - params.pad_h;
  let a = line(t, channel, y);
  let b = line(t, channel, y + 1u);
  let c = line(t, channel, y + 2u);
  let d = line(t, channel, y + 3u);
  keep(0u, e, subtract(a, c));
  keep(1u, e, add(b, c));
  keep(2u, e, subtract(c, b));
  keep(3u, e, subtract(b, d));
}

fn line(t: Tiles, channel: u32, y: vec4u) -> Line {
  let rows = rows_at(t, channel, y);
  let column = t.column * 2u - params.pad_w;
  return Line(
    pixels(rows, column),
    pixels(rows, column + 1u),
    pixels(rows, column + 2u),
    pixels(rows, column + 3u),
  );
}

fn image(i: vec4u) -> vec4f { return vec4f(Stored4(x[i.x], x[i.y], x[i.z], x[i.w])); }

fn keep(i: u32, e: u32, l: Line) {
  let step = params.channels * params.fours;
  let at = i * 4u * step + e;
  v[at] = l.a - l.c;
  v[at + step] = l.b + l.c;
  v[at + 2u * step] = l.c - l.b;
  v[at + 3u * step] = l.b - l.d;
}
