// The inputs under four taps at once. The kernel declares `x`.

// Four taps at a row of dy. at: index in x (wrapping) of the element that meets column 0 of dy; iy, ix: its row and column.
struct Taps { at: vec4u, iy: vec4u, ix: vec4u }

// Taps first..first + 3 at row 0 of the first image. Sums of taps past the last are not stored.
fn taps_at(first: u32) -> Taps {
  let t = vec4u(first) + vec4u(0u, 1u, 2u, 3u);
  let iy = t / KW % KH * DH - params.pad_h; // above the input it wraps to a huge number, as ix does to its left
  let ix = t % KW * DW - params.pad_w;
  return Taps((t / (KH * KW) * params.in_h + iy) * params.in_w + ix, iy, ix);
}

// The same taps, rows and planes of x further on.
fn moved(taps: Taps, rows: u32, planes: u32) -> Taps {
  return Taps(taps.at + (planes * params.in_h + rows) * params.in_w, taps.iy + rows, taps.ix);
}

// Elements outside of the row or the image are read (WGSL clamps the index), then replaced by 0, as 0 · NaN would be NaN.
fn inputs(taps: Taps, ox: u32, live: bool) -> vec4f {
  let i = taps.at + ox * SW;
  let inside = (taps.iy < vec4u(params.in_h)) & (taps.ix + ox * SW < vec4u(params.in_w)) & vec4<bool>(live);
  return select(vec4f(0.0), vec4f(Stored4(x[i.x], x[i.y], x[i.z], x[i.w])), inside);
}
