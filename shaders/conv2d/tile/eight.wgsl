//! use conv2d/outer.wgsl
//! use conv2d/offsets.wgsl
// A tile of 8 output channels. The kernel declares `dy`.

// dy of 8 channels, the first one's at `at`; 0 where it is past the end of a row
fn upstream(at: u32, k: Offsets, live: bool) -> Cell {
  let i = vec4u(at) + k.lo;
  let j = vec4u(at) + k.hi;
  return Cell(
    select(vec4f(0.0), vec4f(Stored4(dy[i.x], dy[i.y], dy[i.z], dy[i.w])), live),
    select(vec4f(0.0), vec4f(Stored4(dy[j.x], dy[j.y], dy[j.z], dy[j.w])), live),
  );
}
