//! use conv2d/outer.wgsl
// A tile of 8 output channels. The kernel declares `dy`.
const CHANNELS = 8u;

// Where 8 channels are, counted from the first.
struct Offsets { lo: vec4u, hi: vec4u }

// Channels first..first + 7 of `count`, `stride` elements apart. Those past the last repeat it; they are not stored.
fn offsets(first: u32, count: u32, stride: u32) -> Offsets {
  let last = vec4u(count - 1u - first);
  return Offsets(min(vec4u(0u, 1u, 2u, 3u), last) * stride, min(vec4u(4u, 5u, 6u, 7u), last) * stride);
}

// dy of 8 channels, the first one's at `at`; 0 where it is past the end of a row
fn upstream(at: u32, k: Offsets, live: bool) -> Cell {
  let i = vec4u(at) + k.lo;
  let j = vec4u(at) + k.hi;
  return Cell(
    select(vec4f(0.0), vec4f(Stored4(dy[i.x], dy[i.y], dy[i.z], dy[i.w])), live),
    select(vec4f(0.0), vec4f(Stored4(dy[j.x], dy[j.y], dy[j.z], dy[j.w])), live),
  );
}
