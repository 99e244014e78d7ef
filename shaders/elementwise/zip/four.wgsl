// Four elements a lane, in one load of each operand and one store: numbers of elements that 4 divides.
alias Pack = vec4f;

fn zip(a: Pack, b: Pack) -> Pack {
  return vec4f(f(a.x, b.x), f(a.y, b.y), f(a.z, b.z), f(a.w, b.w));
}
