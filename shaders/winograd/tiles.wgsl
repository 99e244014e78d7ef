// Tiles of 2 × 2 pixels of an image plane, numbered p = (n·rows + row)·columns + column over a batch. A thread works on four
// of them, a component each. Behind the last one come empty tiles, up to a multiple of four.
struct Params {
  batch: u32,
  channels: u32,
  height: u32, // rows of the image that is read or written
  width: u32,
  rows: u32, // rows of tiles in an image
  columns: u32,
  fours: u32, // groups of four tiles, of the whole batch
  pad_h: u32, // rows of zeros above the image; −1 wraps to a huge number: tiles begin at the second row
  pad_w: u32,
}

@group(0) @binding(0) var<uniform> params: Params;

struct Tiles { n: vec4u, row: vec4u, column: vec4u }

// Four numbers of each tile.
struct Line { a: vec4f, b: vec4f, c: vec4f, d: vec4f }

fn tiles_at(four: u32) -> Tiles {
  let p = vec4u(four * 4u) + vec4u(0u, 1u, 2u, 3u);
  let row = p / params.columns;
  return Tiles(row / params.rows, row % params.rows, p % params.columns);
}

// Where the pixel rows begin; `width` is 0 for rows in the padding and for empty tiles.
struct Rows { start: vec4u, width: vec4u }

fn rows_at(t: Tiles, channel: u32, y: vec4u) -> Rows {
  let inside = (y < vec4u(params.height)) & (t.n < vec4u(params.batch));
  let row = ((t.n * params.channels + channel) * params.height + y) * params.width;
  return Rows(select(vec4u(0u), row, inside), select(vec4u(0u), vec4u(params.width), inside));
}

fn add(p: Line, q: Line) -> Line { return Line(p.a + q.a, p.b + q.b, p.c + q.c, p.d + q.d); }
fn subtract(p: Line, q: Line) -> Line { return Line(p.a - q.a, p.b - q.b, p.c - q.c, p.d - q.d); }
