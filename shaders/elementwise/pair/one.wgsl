// One element a lane: any shapes.
alias PackA = Element;
alias PackB = Element;
alias Pack = Result;

fn pair(a: PackA, b: PackB) -> Pack { return f(a, b); }
