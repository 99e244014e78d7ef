// Moments of a piece by its lanes, at most a few hundred loads each.
fn moments_of(rows: Rows, share: Share, p: f32) -> Scaled {
  let moments = merge_lanes(rows.lanes, share.slot, lane_moments(rows, share, p));
  if (!leads(rows, share)) { return Scaled(moments, AS_IS); }
  let scale = scale_for(moments.z, params.eps);
  if (scale.x == 1.0) { return Scaled(moments, scale); }
  return Scaled(scaled_moments(rows, share, p, scale, 0u, 1u), scale);
}
