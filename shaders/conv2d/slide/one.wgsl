// Stride 1.

// output[row, column + 0..3] = Σ over ky, kx of input[row + ky − top, column + kx − LEFT + 0..3] · weight_of(ky·KW + kx)
fn slide_down(strip: Strip, input: Size, output: Size, top: u32) {
  let k = lines();
  var s: Taps; // of the rows below: a holds one row of the window, b two, …
  for (var i = 0u; i + 1u < strip.rows + KH; i++) {
    let row = row_of(strip.read_at, strip.row + i - top, input.height, input.width);
    let m = met(span(row, strip.column));
    if (KH > 6u) { s.g = s.f + along(k.g, m); }
    if (KH > 5u) { s.f = s.e + along(k.f, m); }
    if (KH > 4u) { s.e = s.d + along(k.e, m); }
    if (KH > 3u) { s.d = s.c + along(k.d, m); }
    if (KH > 2u) { s.c = s.b + along(k.c, m); }
    if (KH > 1u) { s.b = s.a + along(k.b, m); }
    s.a = along(k.a, m);
    let y = strip.row + i + 1u - KH;
    if ((i + 1u >= KH) & (y < output.height)) {
      store(Row(strip.write_at + y * output.width, output.width), strip.column, complete(s));
    }
  }
}

// The sum over all rows of the window.
fn complete(s: Taps) -> vec4f {
  switch (KH) {
    case 1u: { return s.a; }
    case 2u: { return s.b; }
    case 3u: { return s.c; }
    case 4u: { return s.d; }
    case 5u: { return s.e; }
    case 6u: { return s.f; }
    default: { return s.g; }
  }
}
