// Four elements a lane, all with the same number of b: a row of it is one number.
alias PackA = vec4f;
alias PackB = f32;
alias Pack = vec4f;

fn pair(a: PackA, b: PackB) -> Pack { return vec4f(f(a.x, b), f(a.y, b), f(a.z, b), f(a.w, b)); }
