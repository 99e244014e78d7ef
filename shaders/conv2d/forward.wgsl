//! use lib/flat_index.wgsl
//! use conv2d/geometry.wgsl
//! use conv2d/window.wgsl
//! use conv2d/block/* as channels
//! use epilogue/* as epilogue
//! use preactivation/* as preactivation
//! use activation/* as act
//! use storage/* as storage
// y[n, o, oy, ox] = act(bias[o] + Σ over c, ky, kx of x[n, c, iy, ix] · weight[o, c, ky, kx])
// with iy = oy·SH + ky·DH − pad_h and ix = ox·SW + kx·DW − pad_w, where x is 0 outside.
// A thread owns 7 or 8 outputs of a row (7 divides the widths 7, 14, 28, 56, 112 and 224), and channels, as the slot says.
override WG: u32 = 64;

@group(0) @binding(1) var<storage, read> x: array<Stored>;       // [batch, groups·in_c, in_h, in_w]
@group(0) @binding(2) var<storage, read> weight: array<f32>;  // [groups·out_c, in_c, KH, KW]
@group(0) @binding(5) var<storage, read_write> y: array<Stored>; // [batch, groups·out_c, out_h, out_w]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let columns = (params.out_w + COLUMNS - 1u) / COLUMNS;
  let runs = columns * params.out_h * params.batch;
  let teams = (runs + WG - 1u) / WG; // workgroups of one strip of channels, so that their weights are uniform
  let strips = (params.out_c + CHANNELS - 1u) / CHANNELS;
  let index = flat_group(group, groups);
  let run = index % teams * WG + lane;
  let g = index / teams / strips;
  if ((run >= runs) | (g >= params.groups)) { return; }
  let o = index / teams % strips * CHANNELS;
  let ox = run % columns * COLUMNS;
  let oy = run / columns % params.out_h;
  let n = run / columns / params.out_h;

  var s: Block;
  let channel = g * params.out_c + o;
  let k = offsets(o, params.out_c, params.in_c * KH * KW);
  var tap = channel * params.in_c * KH * KW;
  var plane = (n * params.groups + g) * params.in_c * params.in_h * params.in_w;
  let ix = ox * SW - params.pad_w; // left of the input it wraps to a huge number
  var ky = 0u;
  // one loop over c and ky, without a branch for rows in the padding, and three taps by hand: software adapters blend
  // every sum at each iteration of a loop and at each branch
  for (var i = 0u; i < params.in_c * KH; i++) {
    let iy = oy * SH + ky * DH - params.pad_h;
    let inside = iy < params.in_h;
    let row = Row(plane + select(0u, iy, inside) * params.in_w, select(0u, params.in_w, inside));
    var w = fill(row, ix);
    multiply(&s, w, tap, k);
    if (KW > 1u) { w = advance(w, row, ix + DW); multiply(&s, w, tap + 1u, k); }
    if (KW > 2u) { w = advance(w, row, ix + 2u * DW); multiply(&s, w, tap + 2u, k); }
    if (KW > 3u) {
      for (var kx = 3u; kx < KW; kx++) { w = advance(w, row, ix + kx * DW); multiply(&s, w, tap + kx, k); }
    }
    tap += KW;
    ky += 1u;
    plane += select(0u, params.in_h * params.in_w, ky == KH);
    ky = select(ky, 0u, ky == KH);
  }
  let at = ((n * params.groups * params.out_c + channel) * params.out_h + oy) * params.out_w + ox;
  for (var j = 0u; j < COLUMNS; j++) { store(at + j, channel, ox + j, o, cell(s, j)); }
}

fn input(row: Row, ix: u32) -> f32 {
  let value = f32(x[row.start + ix]); // outside of the row this is another pixel, or a clamped index: not used
  return select(0.0, value, ix < row.width);
}

fn fill(row: Row, ix: u32) -> Window {
  var w = Window(
    input(row, ix), input(row, ix + SW), input(row, ix + 2u * SW), input(row, ix + 3u * SW),
    input(row, ix + 4u * SW), input(row, ix + 5u * SW), input(row, ix + 6u * SW), 0.0,
  );
  if (COLUMNS == 8u) { w.r7 = input(row, ix + 7u * SW); }
  return w;
}

fn advance(w: Window, row: Row, ix: u32) -> Window {
  if (SW == DW) { return slide(w, input(row, ix + (COLUMNS - 1u) * SW)); }
  return fill(row, ix);
}

fn store(at: u32, channel: u32, ox: u32, o: u32, c: Cell) {
  if (ox >= params.out_w) { return; }
  let plane = params.out_h * params.out_w;
  for (var j = 0u; j < min(CHANNELS, params.out_c - o); j++) {
    let i = at + j * plane;
    y[i] = Stored(act(keep_z(per_channel(channel_of(c, j), channel + j), i)));
  }
}
