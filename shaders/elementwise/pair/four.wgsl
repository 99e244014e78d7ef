// Four elements a lane, in one load of each operand and one store: whole packs in the rows of both.
alias PackA = vec4f;
alias PackB = vec4f;
alias Pack = vec4f;

fn pair(a: PackA, b: PackB) -> Pack {
  return vec4f(f(a.x, b.x), f(a.y, b.y), f(a.z, b.z), f(a.w, b.w));
}
