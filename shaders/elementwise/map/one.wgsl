// One element a lane: any number of elements.
alias Pack = f32;

fn map(x: Pack) -> Pack { return f(x); }
