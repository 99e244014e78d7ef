// The inputs that meet one tap of 7 or 8 neighbouring outputs (COLUMNS; of 7 the last is 0), and the row they come from.
struct Window { r0: f32, r1: f32, r2: f32, r3: f32, r4: f32, r5: f32, r6: f32, r7: f32 }

// A row of an image: where it starts, and its width, 0 if the row lies in the padding.
struct Row { start: u32, width: u32 }

// The window of the next tap if that is one column to the right: w shifted by one, with one new input, `next`.
fn slide(w: Window, next: f32) -> Window {
  if (COLUMNS == 8u) { return Window(w.r1, w.r2, w.r3, w.r4, w.r5, w.r6, w.r7, next); }
  return Window(w.r1, w.r2, w.r3, w.r4, w.r5, w.r6, next, 0.0);
}
