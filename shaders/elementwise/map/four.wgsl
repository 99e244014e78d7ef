// Four elements a lane, in one load and one store: numbers of elements that 4 divides.
alias Pack = vec4f;

fn map(x: Pack) -> Pack { return vec4f(f(x.x), f(x.y), f(x.z), f(x.w)); }
