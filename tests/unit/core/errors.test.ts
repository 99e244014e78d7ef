import { expect, test } from "vitest";
import * as errors from "../../../src/core/errors.ts";

test.each(Object.entries(errors))(
  "%s carries its name, its message and its cause",
  (name, ErrorClass) => {
    const cause = new Error("why");
    const error = new ErrorClass("conv2d: expected 4 axes, got 3; add one", { cause });
    expect(String(error)).toBe(`${name}: conv2d: expected 4 axes, got 3; add one`);
    expect(error).toBeInstanceOf(errors.WgradError);
    expect(error.cause).toBe(cause);
  },
);
