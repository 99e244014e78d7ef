// Four elements a lane, all with the same number of a: a row of it is one number.
alias PackA = Element;
alias PackB = Element4;
alias Pack = Result4;

fn pair(a: PackA, b: PackB) -> Pack { return Pack(f(a, b.x), f(a, b.y), f(a, b.z), f(a, b.w)); }
