// One element a lane: any number of elements.
alias Pack = f32;

fn zip(a: Pack, b: Pack) -> Pack { return f(a, b); }
