//! use norm/merge_lanes.wgsl
// Σ g and Σ g·x̂, pack by pack.
struct Partial { g: Pack, gx: Pack }

fn combine(a: Partial, b: Partial) -> Partial { return Partial(a.g + b.g, a.gx + b.gx); }

fn with_pair(sum: Partial, g: Pack, xhat: Pack) -> Partial { return combine(sum, Partial(g, g * xhat)); }

// Both sums of one of the pack's channels.
fn pair_of_channel(sum: Partial, k: u32) -> vec2f { return vec2f(of_channel(sum.g, k), of_channel(sum.gx, k)); }
