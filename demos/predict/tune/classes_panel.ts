import { byId, make } from "../../shared/dom.ts";
import * as words from "../../words/en/predict/tune.ts";
import { type Picture, smallPictureOf } from "../picture.ts";
import { type CardEvents, ClassCard } from "./class_card.ts";
import { CLASSES, MOST_PICTURES } from "./own_class.ts";
import { digitName, digits } from "./samples.ts";

/** Digits of the example, and how many of each. */
const EXAMPLE = { kinds: [0, 4, 7], count: 24 } as const;

/** Number of digits that one press adds. */
const A_FEW = 8;

export interface ClassesEvents {
  readonly say: (text: string) => void;
  /** Returns a picture from the camera, or why there is none yet. */
  readonly snapshot: () => Promise<Picture | string>;
  readonly changed: () => void;
}

/** The visitor's classes. */
export class ClassesPanel {
  readonly #events: ClassesEvents;
  readonly #more = byId("add-class") as HTMLButtonElement;
  readonly #undo = byId("undo") as HTMLButtonElement;
  readonly #used = new Map<number, number>();
  #cards: readonly ClassCard[] = [];
  #undoing: (() => void) | undefined;
  #disabled = false;

  constructor(events: ClassesEvents) {
    this.#events = events;
    this.#more.addEventListener("click", () => {
      this.#insert(this.#made(this.#freeName()));
      this.#cards.at(-1)?.focus();
    });
    this.#undo.addEventListener("click", () => this.#takeBack());
    byId("example").addEventListener("click", () => this.example());
    byId("digits").append(...Array.from({ length: 10 }, (_, kind) => this.#digitButton(kind)));
    for (let i = 0; i < CLASSES.least; i++) this.#insert(this.#made(this.#freeName()));
  }

  get all(): readonly ClassCard[] {
    return this.#cards;
  }

  set disabled(disabled: boolean) {
    this.#disabled = disabled;
    this.#update();
  }

  /** Adds pictures from files to the class on which they were dropped, or to the chosen one. */
  async take(files: readonly File[], at: Element | undefined): Promise<void> {
    const card = this.#cards.find(({ element }) => element === at) ?? this.#chosen();
    if (card) await this.#files(card, files);
  }

  /** Replaces all classes by three classes of digits. */
  async example(): Promise<void> {
    const { kinds, count } = EXAMPLE;
    const pictures = await this.#fetched(() =>
      Promise.all(kinds.map((kind) => digits(kind, 0, count))),
    );
    if (!pictures) return;
    this.#keepForUndo();
    this.#replace([]);
    for (const [i, kind] of kinds.entries()) {
      this.#used.set(kind, count);
      const card = this.#made(digitName(kind));
      card.add(pictures[i] ?? []);
      this.#insert(card);
    }
    this.#events.say(words.handwrittenDigitsOfThree(count));
  }

  #made(name: string): ClassCard {
    const events: CardEvents = {
      files: (card, files) => this.#files(card, files),
      snapshot: async (card) => {
        const picture = await this.#events.snapshot();
        if (typeof picture === "string") this.#events.say(picture);
        else this.#add(card, [picture]);
      },
      removed: (_, what, undo) => this.#removed(words.pictureIsRemoved(what), undo),
      remove: (card) => this.#drop(card),
      changed: () => this.#events.changed(),
    };
    return new ClassCard(name, events);
  }

  #insert(card: ClassCard): void {
    this.#replace([...this.#cards, card]);
  }

  #replace(cards: readonly ClassCard[]): void {
    this.#cards = cards;
    byId("classes").replaceChildren(...cards.map(({ element }) => element));
    if (!cards.some(({ chosen }) => chosen) && cards[0]) cards[0].chosen = true;
    this.#update();
    this.#events.changed();
  }

  #update(): void {
    const { length } = this.#cards;
    for (const card of this.#cards) {
      card.disabled = this.#disabled;
      card.removable = length > CLASSES.least && !this.#disabled;
    }
    this.#more.disabled = length >= CLASSES.most || this.#disabled;
    for (const button of byId("samples").querySelectorAll("button"))
      button.disabled = this.#disabled;
    this.#undo.disabled = this.#disabled;
    this.#undo.hidden = this.#undoing === undefined;
  }

  #chosen(): ClassCard | undefined {
    return this.#cards.find(({ chosen }) => chosen) ?? this.#cards[0];
  }

  #freeName(): string {
    const names = Array.from({ length: CLASSES.most + 1 }, (_, i) => words.numberedClass(i + 1));
    return (
      names.find((name) => this.#cards.every((card) => card.name !== name)) ?? words.unnamedClass
    );
  }

  #drop(card: ClassCard): void {
    this.#keepForUndo();
    this.#replace(this.#cards.filter((each) => each !== card));
    this.#cards[0]?.focus();
    this.#events.say(words.classIsRemoved(card.name));
  }

  #keepForUndo(): void {
    const before = this.#cards;
    this.#undoing = () => this.#replace(before);
  }

  #removed(text: string, undo: () => void): void {
    this.#undoing = undo;
    this.#update();
    this.#events.say(text);
  }

  #takeBack(): void {
    this.#undoing?.();
    this.#undoing = undefined;
    this.#update();
    this.#more.focus();
    this.#events.say(words.isBack);
  }

  async #files(card: ClassCard, files: readonly File[]): Promise<void> {
    const read = await Promise.allSettled(files.map((file) => smallPictureOf(file, file.name)));
    const refused = read.flatMap((each) =>
      each.status === "rejected" ? [(each.reason as Error).message] : [],
    );
    this.#add(
      card,
      read.flatMap((each) => (each.status === "fulfilled" ? [each.value] : [])),
    );
    if (refused[0]) this.#events.say(words.refused(refused[0], refused.length - 1));
  }

  #add(card: ClassCard, pictures: readonly Picture[]): void {
    const tooMany = card.add(pictures);
    this.#events.say(
      tooMany > 0
        ? words.classHoldsPicturesMoreWere(MOST_PICTURES, tooMany)
        : words.has(card.name, words.howMany(card.pictures.length)),
    );
  }

  #digitButton(kind: number): HTMLElement {
    const name = digitName(kind);
    const attributes = { type: "button", "aria-label": words.addPicturesOf(A_FEW, name) };
    const button = make("button", { text: String(kind), attributes });
    button.addEventListener("click", async () => {
      const from = this.#used.get(kind) ?? 0;
      const pictures = await this.#fetched(() => digits(kind, from, A_FEW));
      const card = this.#chosen();
      if (!card || !pictures) return;
      this.#used.set(kind, from + pictures.length);
      if (/^Class \d$/.test(card.name) && card.pictures.length === 0) card.name = name;
      this.#add(card, pictures);
    });
    return button;
  }

  async #fetched<R>(work: () => Promise<R>): Promise<R | undefined> {
    try {
      return await work();
    } catch {
      this.#events.say(words.samplePicturesCouldNotBe);
      return undefined;
    }
  }
}
