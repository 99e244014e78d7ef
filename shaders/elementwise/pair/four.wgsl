// Four elements a lane, in one load of each operand and one store: whole packs in the rows of both.
alias PackA = Element4;
alias PackB = Element4;
alias Pack = Result4;

fn pair(a: PackA, b: PackB) -> Pack {
  return Pack(f(a.x, b.x), f(a.y, b.y), f(a.z, b.z), f(a.w, b.w));
}
