// Register tile of 8 channels × 8 columns: of column i, channels 0..3 in ai and 4..7 in bi.
struct Sums {
  a0: vec4f, a1: vec4f, a2: vec4f, a3: vec4f, a4: vec4f, a5: vec4f, a6: vec4f, a7: vec4f,
  b0: vec4f, b1: vec4f, b2: vec4f, b3: vec4f, b4: vec4f, b5: vec4f, b6: vec4f, b7: vec4f,
}

// sums[column][channel] += (p, q)[column] · (lo, hi)[channel]
fn outer(s: ptr<function, Sums>, lo: vec4f, hi: vec4f, p: vec4f, q: vec4f) {
  (*s).a0 += lo * p.x; (*s).a1 += lo * p.y; (*s).a2 += lo * p.z; (*s).a3 += lo * p.w;
  (*s).a4 += lo * q.x; (*s).a5 += lo * q.y; (*s).a6 += lo * q.z; (*s).a7 += lo * q.w;
  (*s).b0 += hi * p.x; (*s).b1 += hi * p.y; (*s).b2 += hi * p.z; (*s).b3 += hi * p.w;
  (*s).b4 += hi * q.x; (*s).b5 += hi * q.y; (*s).b6 += hi * q.z; (*s).b7 += hi * q.w;
}
