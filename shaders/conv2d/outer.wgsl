//! use conv2d/cells.wgsl
// The outer product of 8 channels and 8 columns, added to a block of sums:
// sums[column][channel] += (p, q)[column] · c[channel]
fn outer(s: ptr<function, Sums>, c: Cell, p: vec4f, q: vec4f) {
  (*s).a0 += c.lo * p.x; (*s).a1 += c.lo * p.y; (*s).a2 += c.lo * p.z; (*s).a3 += c.lo * p.w;
  (*s).a4 += c.lo * q.x; (*s).a5 += c.lo * q.y; (*s).a6 += c.lo * q.z; (*s).a7 += c.lo * q.w;
  (*s).b0 += c.hi * p.x; (*s).b1 += c.hi * p.y; (*s).b2 += c.hi * p.z; (*s).b3 += c.hi * p.w;
  (*s).b4 += c.hi * q.x; (*s).b5 += c.hi * q.y; (*s).b6 += c.hi * q.z; (*s).b7 += c.hi * q.w;
}
