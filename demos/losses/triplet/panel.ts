import { Board, line, type View } from "../../shared/board.ts";
import { byId, colour, make } from "../../shared/dom.ts";
import { numbersOf, Slider } from "../../shared/fields.ts";
import { number } from "../../shared/format.ts";
import type { Point } from "../../shared/handle.ts";
import { type Jobs, pause, STOPPING } from "../../shared/jobs.ts";
import * as words from "../../words/en/losses/triplet.ts";
import * as common from "../../words/en/shared/common.ts";
import type { Settings } from "../settings.ts";
import { descend, type Role, roles, type Triplet, type TripletState } from "./descend.ts";

const STEPS = 120;

const looks = {
  anchor: { letter: "A", colour: "ink", keys: ["ax", "ay"] },
  positive: { letter: "P", colour: "green", keys: ["px", "py"] },
  negative: { letter: "N", colour: "orange", keys: ["nx", "ny"] },
} as const;

/** Three points in the plane: the loss, and the direction in which its gradient moves them. */
export class TripletPanel {
  readonly #settings: Settings;
  readonly #jobs: Jobs;
  readonly #board: Board;
  readonly #places: Readonly<Record<Role, (point: Point) => void>>;
  readonly #stop = byId("stop-triplet") as HTMLButtonElement;
  readonly #numbers = numbersOf(byId("triplet-numbers"), {
    near: words.anchorToPositive,
    far: words.anchorToNegative,
    loss: common.lossHeading,
  });
  #state: TripletState | undefined;
  result: object | undefined;

  constructor(settings: Settings, jobs: Jobs) {
    this.#settings = settings;
    this.#jobs = jobs;
    this.#board = new Board(byId("triplet-board"), {
      domain: [-2.2, 2.2, -1.65, 1.65],
      titles: { x: "", y: "" },
      draw: (view) => this.#draw(view),
    });
    this.#places = Object.fromEntries(roles.map((role) => [role, this.#knob(role)])) as Record<
      Role,
      (point: Point) => void
    >;
    this.#addFields();
    byId("descend").addEventListener("click", () => this.descend(STEPS));
    this.#stop.addEventListener("click", () => {
      this.#jobs.stop("triplet");
      this.#stop.disabled = true;
      this.#say(STOPPING);
    });
  }

  /** Steps of gradient descent; 0 shows the loss and its gradients. */
  descend(steps = 0): void {
    this.#put(this.#points);
    this.#jobs.run("triplet", async (signal) => {
      const { margin, swap } = this.#settings;
      this.#stop.disabled = steps === 0;
      let count = 0;
      try {
        const last = await descend(
          this.#points,
          { margin, swap, steps },
          {
            signal,
            onStep: (state, step) => {
              count = step;
              this.#show(state);
            },
          },
        );
        if (steps > 0) this.#take(last.points);
        await pause(0, signal);
        const said = sentence(last, margin, count);
        this.#say(said);
        this.#board.redraw(words.tripletInPlane(said));
        this.result = { ...last, margin, swap, steps: count, sentence: said };
      } finally {
        this.#stop.disabled = true;
        if (signal.aborted && !this.#jobs.has("triplet")) this.#say(common.stopped);
      }
    });
  }

  get #points(): Triplet {
    const { ax, ay, px, py, nx, ny } = this.#settings;
    return { anchor: [ax, ay], positive: [px, py], negative: [nx, ny] };
  }

  #knob(role: Role): (point: Point) => void {
    const { letter, colour: tint, keys } = looks[role];
    const name = `${role[0]?.toUpperCase()}${role.slice(1)}`;
    return this.#board.knob({
      ...{ id: role, name, letter, colour: tint },
      moved: ([x, y]) => {
        this.#settings[keys[0]] = Math.min(2, Math.max(-2, x));
        this.#settings[keys[1]] = Math.min(1.5, Math.max(-1.5, y));
        this.descend();
      },
    });
  }

  /** Keeps the result of a descent as the new positions; points outside the board are put on its edge. */
  #take(points: Triplet): void {
    for (const role of roles) {
      const [x, y] = points[role];
      const [first, second] = looks[role].keys;
      this.#settings[first] = Math.min(2, Math.max(-2, Number(x.toFixed(3))));
      this.#settings[second] = Math.min(1.5, Math.max(-1.5, Number(y.toFixed(3))));
    }
  }

  #put(points: Triplet): void {
    for (const role of roles) this.#places[role](points[role]);
  }

  #show(state: TripletState): void {
    this.#state = state;
    this.#put(state.points);
    this.#board.redraw();
    const { near, far } = distances(state.points);
    this.#numbers({ near: near.toFixed(3), far: far.toFixed(3), loss: state.loss.toFixed(3) });
    this.#say(state.loss > 0 ? words.loss(number(state.loss)) : words.lossIs0);
  }

  #draw(view: View): void {
    const state = this.#state;
    if (!state) return;
    const { context, place } = view;
    const { anchor, positive, negative } = state.points;
    context.lineWidth = 1.5;
    for (const [to, tint] of [
      [positive, "green"],
      [negative, "orange"],
    ] as const) {
      context.strokeStyle = colour(tint);
      context.setLineDash([4, 4]);
      line(context, place(...anchor), place(...to));
    }
    context.setLineDash([]);
    context.lineWidth = 3;
    for (const role of roles) {
      const [[x, y], [dx, dy]] = [state.points[role], state.gradients[role]];
      context.strokeStyle = colour(looks[role].colour);
      arrow(context, place(x, y), place(x - 0.35 * dx, y - 0.35 * dy));
    }
  }

  #addFields(): void {
    const settings = this.#settings;
    const margin = new Slider({
      ...{ id: "margin", label: words.margin, min: 0, max: 3, step: 0.05, value: settings.margin },
      text: number,
      changed: (value) => {
        settings.margin = value;
        this.descend();
      },
    });
    const swap = make("input", { attributes: { type: "checkbox", id: "swap" } });
    swap.checked = settings.swap;
    swap.addEventListener("change", () => {
      settings.swap = swap.checked;
      this.descend();
    });
    const label = make("label", {
      text: words.swapTakeNegativesDistance,
      attributes: { for: "swap" },
    });
    byId("triplet-fields").append(margin.element, make("div", { class: "field" }, label, swap));
  }

  #say(text: string): void {
    byId("triplet-message").textContent = text;
  }
}

function distances({ anchor, positive, negative }: Triplet) {
  const between = ([a, b]: Point, [c, d]: Point) => Math.hypot(a - c, b - d);
  return { near: between(anchor, positive), far: between(anchor, negative) };
}

function arrow(context: CanvasRenderingContext2D, [x0, y0]: Point, [x1, y1]: Point): void {
  const size = Math.hypot(x1 - x0, y1 - y0);
  if (size < 1) return;
  const [ux, uy] = [(x1 - x0) / size, (y1 - y0) / size];
  line(context, [x0, y0], [x1, y1]);
  line(context, [x1, y1], [x1 - 9 * ux - 6 * uy, y1 - 9 * uy + 6 * ux]);
  line(context, [x1, y1], [x1 - 9 * ux + 6 * uy, y1 - 9 * uy - 6 * ux]);
}

function sentence({ loss, points }: TripletState, margin: number, steps: number): string {
  const { near, far } = distances(points);
  const after = steps > 0 ? words.afterSteps(steps) : words.the;
  return words.positiveIsAwayAndNegative(
    after,
    number(near),
    number(far),
    loss,
    number(margin),
    number(loss),
  );
}
