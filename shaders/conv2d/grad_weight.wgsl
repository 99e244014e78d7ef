//! use lib/flat_index.wgsl
//! use conv2d/geometry.wgsl
//! use conv2d/taps.wgsl
//! use conv2d/tile/* as channels
//! use storage/* as storage
// partials[slice, o, c, ky, kx] = Σ over the slice's rows (n, oy) and ox of dy[n, o, oy, ox] · x[n, c, iy, ix]
// with iy = oy·SH + ky·DH − pad_h and ix = ox·SW + kx·DW − pad_w, where x is 0 outside.
// The sum over batch × rows × columns is long and its results are few, so it is split into slices, summed in order by
// reduce/sum_partials. A thread owns 8 taps (c, ky, kx) of one slice, of as many channels as the slot says.
override WG: u32 = 64;
override COLUMNS: u32 = 7u; // or 8: columns of dy a thread reads at once

@group(0) @binding(1) var<storage, read> x: array<Stored>;               // [batch, groups·in_c, in_h, in_w]
@group(0) @binding(2) var<storage, read> dy: array<Stored>;              // [batch, groups·out_c, out_h, out_w]
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;  // [slices, groups·out_c, in_c, KH, KW]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let taps = params.in_c * KH * KW;
  let strips = (params.out_c + CHANNELS - 1u) / CHANNELS;
  let blocks = (taps + 7u) / 8u;
  let runs = params.slices * blocks;
  let teams = (runs + WG - 1u) / WG; // workgroups of one strip of channels, so that their offsets are uniform
  let index = flat_group(group, groups);
  let run = index % teams * WG + lane;
  let g = index / teams / strips;
  if ((run >= runs) | (g >= params.groups)) { return; }
  let slice = run / blocks;
  let tap = run % blocks * 8u;
  let o = index / teams % strips * CHANNELS;
  let channels = params.groups * params.out_c;
  let channel = g * params.out_c + o;
  let plane = params.out_h * params.out_w;
  let k = offsets(o, params.out_c, plane);

  let rows = params.batch * params.out_h;
  let per_slice = (rows + params.slices - 1u) / params.slices;
  let first = slice * per_slice;
  let turns = (min(rows, first + per_slice) - min(rows, first)) * ((params.out_w + COLUMNS - 1u) / COLUMNS);
  let n = first / params.out_h;
  var oy = first % params.out_h;
  var ox = 0u;
  var start = (n * channels + channel) * plane + oy * params.out_w;
  let image = (n * params.groups + g) * params.in_c;
  var lo = moved(taps_at(tap), oy * SH, image);
  var hi = moved(taps_at(tap + 4u), oy * SH, image);
  var s: Sums;
  for (var turn = 0u; turn < turns; turn++) {
    // one loop, seven or eight columns by hand: software adapters blend every sum at each iteration
    add(&s, start, ox, k, lo, hi);
    add(&s, start, ox + 1u, k, lo, hi);
    add(&s, start, ox + 2u, k, lo, hi);
    add(&s, start, ox + 3u, k, lo, hi);
    add(&s, start, ox + 4u, k, lo, hi);
    add(&s, start, ox + 5u, k, lo, hi);
    add(&s, start, ox + 6u, k, lo, hi);
    if (COLUMNS > 7u) { add(&s, start, ox + 7u, k, lo, hi); }
    ox += COLUMNS;
    if (ox < params.out_w) { continue; }
    ox = 0u;
    oy += 1u;
    let over = oy == params.out_h; // past the last row: go to the next image
    oy = select(oy, 0u, over);
    start += params.out_w + select(0u, (channels - 1u) * plane, over);
    let down = SH - select(0u, params.out_h * SH, over);
    let planes = select(0u, params.groups * params.in_c, over);
    lo = moved(lo, down, planes);
    hi = moved(hi, down, planes);
  }
  let at = (slice * channels + channel) * taps + tap;
  for (var j = 0u; j < 8u; j++) { store(at + j, o, tap + j, cell(s, j)); }
}

fn add(s: ptr<function, Sums>, start: u32, ox: u32, k: Offsets, lo: Taps, hi: Taps) {
  let live = ox < params.out_w;
  outer(s, upstream(start + ox, k, live), inputs(lo, ox, live), inputs(hi, ox, live));
}

fn store(at: u32, o: u32, tap: u32, c: Cell) {
  let taps = params.in_c * KH * KW;
  if (tap >= taps) { return; }
  for (var j = 0u; j < min(CHANNELS, params.out_c - o); j++) {
    partials[at + j * taps] = channel_of(c, j);
  }
}
