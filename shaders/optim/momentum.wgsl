// Momentum: buf ← carry · buf + keep · u,  step = nesterov ? u + μ · buf : buf
struct Momentum {
  carry: f32, // 0 in the first step, when buf may hold anything
  keep: f32,
  mu: f32,    // 0: no momentum, buf stays
  nesterov: f32,
}
