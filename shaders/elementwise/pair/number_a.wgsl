// Four elements a lane, all with the same number of a: a row of it is one number.
alias PackA = f32;
alias PackB = vec4f;
alias Pack = vec4f;

fn pair(a: PackA, b: PackB) -> Pack { return vec4f(f(a, b.x), f(a, b.y), f(a, b.z), f(a, b.w)); }
