// The greater of two numbers, or the one that is NaN: max may drop it.
fn greatest(a: vec4f, b: vec4f) -> vec4f {
  return select(select(max(a, b), b, nan4(b)), a, nan4(a));
}

// Compilers may fold `x != x` to false: so NaN is recognised by its bits.
fn nan4(x: vec4f) -> vec4<bool> {
  return (bitcast<vec4u>(x) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
}
