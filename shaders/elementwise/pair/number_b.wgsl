// Four elements a lane, all with the same number of b: a row of it is one number.
alias PackA = Element4;
alias PackB = Element;
alias Pack = Result4;

fn pair(a: PackA, b: PackB) -> Pack { return Pack(f(a.x, b), f(a.y, b), f(a.z, b), f(a.w, b)); }
