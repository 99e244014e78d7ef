// One element a lane: any shapes.
alias PackA = f32;
alias PackB = f32;
alias Pack = f32;

fn pair(a: PackA, b: PackB) -> Pack { return f(a, b); }
