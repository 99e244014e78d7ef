//! use lib/flat_index.wgsl
//! use conv2d/geometry.wgsl
//! use conv2d/window.wgsl
//! use conv2d/block/* as channels
//! use conv2d/phase.wgsl
//! use storage/* as storage
// dx[n, c, iy, ix] = Σ over o, ky, kx of dy[n, o, oy, ox] · weight[o, c, ky, kx]
// with oy·SH = iy + pad_h − ky·DH and ox·SW = ix + pad_w − kx·DW, where these divide and dy exists.
// Pixels of one phase (iy mod SH, ix mod SW) meet the same taps: every SH/gcd(SH, DH)-th row of the kernel, and every
// SW/gcd(SW, DW)-th column. A thread owns 7 or 8 columns of one phase, and channels, as the slot says, the last column
// first, so that the window over dy slides as in the forward kernel.
override WG: u32 = 64;
override STEP_H: u32 = 1u; // SH / gcd(SH, DH): from one tap of a phase to the next
override STEP_W: u32 = 1u;
override MOVE_H: u32 = 1u; // DH · STEP_H / SH: rows of dy between them
override MOVE_W: u32 = 1u;

@group(0) @binding(1) var<storage, read> dy: array<Stored>;       // [batch, groups·out_c, out_h, out_w]
@group(0) @binding(2) var<storage, read> weight: array<f32>;   // [groups·out_c, in_c, KH, KW]
@group(0) @binding(3) var<storage, read_write> dx: array<Stored>; // [batch, groups·in_c, in_h, in_w]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let rows = (params.in_h + SH - 1u) / SH; // rows of dx in one of the SH · SW phases
  let columns = ((params.in_w + SW - 1u) / SW + COLUMNS - 1u) / COLUMNS;
  let per_phase = params.batch * rows * columns;
  let runs = per_phase * SH * SW;
  let teams = (runs + WG - 1u) / WG; // workgroups of one strip of channels, so that their weights are uniform
  let strips = (params.in_c + CHANNELS - 1u) / CHANNELS;
  let index = flat_group(group, groups);
  let run = index % teams * WG + lane;
  let phase = run / per_phase;
  let iy = phase / SW + run / columns % rows * SH;
  let g = index / teams / strips;
  if ((run >= runs) | (iy >= params.in_h) | (g >= params.groups)) { return; }
  let c = index / teams % strips * CHANNELS;
  let ix = phase % SW + run % columns * COLUMNS * SW;
  let n = run % per_phase / columns / rows;

  var s: Block;
  let ky0 = first_tap(iy + params.pad_h, SH, DH, STEP_H);
  let kx0 = first_tap(ix + params.pad_w, SW, DW, STEP_W);
  let oy0 = output_of(iy + params.pad_h, ky0 * DH, SH);
  let ox0 = output_of(ix + params.pad_w, kx0 * DW, SW);
  let k = offsets(c, params.in_c, KH * KW);
  let rows_met = select(0u, (KH - ky0 + STEP_H - 1u) / STEP_H, (ky0 < KH) & (kx0 < KW)); // rows of the kernel that a phase meets
  var ky = ky0;
  var oy = oy0;
  var plane = (n * params.groups + g) * params.out_c * params.out_h * params.out_w;
  var tap = (g * params.out_c * params.in_c + c) * KH * KW + kx0;
  // one loop over o and ky, and three taps by hand: software adapters blend every sum at each iteration of a loop
  for (var i = 0u; i < params.out_c * rows_met; i++) {
    let inside = oy < params.out_h;
    let row = Row(plane + select(0u, oy, inside) * params.out_w, select(0u, params.out_w, inside));
    let t = tap + ky * KW;
    var w = fill(row, ox0);
    multiply(&s, w, t, k);
    if ((STEP_W < KW) & (kx0 + STEP_W < KW)) { w = advance(w, row, ox0 - MOVE_W); multiply(&s, w, t + STEP_W, k); }
    if ((2u * STEP_W < KW) & (kx0 + 2u * STEP_W < KW)) {
      w = advance(w, row, ox0 - 2u * MOVE_W);
      multiply(&s, w, t + 2u * STEP_W, k);
    }
    if (3u * STEP_W < KW) {
      for (var j = 3u; kx0 + j * STEP_W < KW; j++) {
        w = advance(w, row, ox0 - j * MOVE_W);
        multiply(&s, w, t + j * STEP_W, k);
      }
    }
    ky += STEP_H;
    oy -= MOVE_H;
    let next = ky >= KH;
    plane += select(0u, params.out_h * params.out_w, next);
    tap += select(0u, params.in_c * KH * KW, next);
    ky = select(ky, ky0, next);
    oy = select(oy, oy0, next);
  }
  let at = ((n * params.groups + g) * params.in_c + c) * params.in_h * params.in_w + iy * params.in_w + ix;
  for (var j = 0u; j < COLUMNS; j++) { store(at + j * SW, ix + j * SW, c, cell(s, COLUMNS - 1u - j)); }
}

fn upstream(row: Row, ox: u32) -> f32 {
  let value = f32(dy[row.start + ox]); // outside of the row this is another pixel, or a clamped index: not used
  return select(0.0, value, ox < row.width);
}

// The columns ox.. of dy, the last one first; of seven, 0 is the eighth.
fn fill(row: Row, ox: u32) -> Window {
  let at = ox + COLUMNS - 1u;
  var w = Window(
    upstream(row, at), upstream(row, at - 1u), upstream(row, at - 2u), upstream(row, at - 3u),
    upstream(row, at - 4u), upstream(row, at - 5u), upstream(row, at - 6u), 0.0,
  );
  if (COLUMNS == 8u) { w.r7 = upstream(row, ox); }
  return w;
}

fn advance(w: Window, row: Row, ox: u32) -> Window {
  if (MOVE_W == 1u) { return slide(w, upstream(row, ox)); }
  return fill(row, ox);
}

fn store(at: u32, ix: u32, first: u32, c: Cell) {
  if (ix >= params.in_w) { return; }
  for (var j = 0u; j < min(CHANNELS, params.in_c - first); j++) {
    dx[at + j * params.in_h * params.in_w] = Stored(channel_of(c, j));
  }
}
