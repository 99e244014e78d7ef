import { make } from "../../shared/dom.ts";
import { chooseBy } from "../../shared/drops.ts";
import * as words from "../../words/en/predict/tune.ts";
import type { Picture } from "../picture.ts";
import { drawPicture } from "../picture_panel.ts";
import { MOST_PICTURES, type OwnClass } from "./own_class.ts";

/** Side of a thumbnail, in pixels. */
const FACE = 48;

export interface CardEvents {
  /** Called when the visitor has chosen files for this class. */
  readonly files: (card: ClassCard, files: readonly File[]) => void;
  readonly snapshot: (card: ClassCard) => void;
  /** Called when the visitor has removed a picture; `undo` restores it. */
  readonly removed: (card: ClassCard, what: string, undo: () => void) => void;
  /** Called when the visitor removes the class. */
  readonly remove: (card: ClassCard) => void;
  readonly changed: () => void;
}

let made = 0;

/** The card of a visitor's class: its name, its pictures, and buttons to add some. */
export class ClassCard implements OwnClass {
  readonly element: HTMLElement;
  readonly pictures: Picture[] = [];
  readonly #events: CardEvents;
  readonly #name: HTMLInputElement;
  readonly #chosen: HTMLInputElement;
  readonly #thumbs = make("div", { class: "thumbs" });
  readonly #count = make("p", { class: "hint" });
  readonly #add = make("button", { text: words.pictures, attributes: { type: "button" } });
  readonly #remove = make("button", { text: "✕", class: "remove", attributes: { type: "button" } });
  readonly #snapshot = make("button", { text: words.snapshot, attributes: { type: "button" } });

  constructor(name: string, events: CardEvents) {
    this.#events = events;
    const id = `class-${++made}`;
    this.#name = make("input", {
      attributes: { type: "text", id, maxlength: "30", autocomplete: "off", spellcheck: "false" },
    });
    this.#name.value = name;
    this.#chosen = make("input", { attributes: { type: "radio", name: "chosen-class" } });
    const field = make("input", {
      attributes: { type: "file", id: `${id}-files`, accept: "image/*", multiple: "", hidden: "" },
    });
    this.element = make(
      "section",
      { class: "class", attributes: { "data-drop": "class" } },
      make("div", { class: "name" }, this.#chosen, this.#name, this.#remove),
      this.#thumbs,
      this.#count,
      make("div", { class: "buttons" }, this.#add, this.#snapshot, field),
    );
    this.#name.addEventListener("input", () => this.#renamed());
    this.#remove.addEventListener("click", () => events.remove(this));
    this.#snapshot.addEventListener("click", () => events.snapshot(this));
    chooseBy(this.#add, field, (files) => events.files(this, files));
    this.#renamed();
    this.#show();
  }

  get name(): string {
    return this.#name.value.trim();
  }

  set name(name: string) {
    this.#name.value = name;
    this.#renamed();
  }

  /** Whether the sample digits are added to this class. */
  get chosen(): boolean {
    return this.#chosen.checked;
  }

  set chosen(chosen: boolean) {
    this.#chosen.checked = chosen;
  }

  set removable(removable: boolean) {
    this.#remove.disabled = !removable;
  }

  set disabled(disabled: boolean) {
    for (const part of this.element.querySelectorAll<HTMLButtonElement | HTMLInputElement>(
      "button, input",
    ))
      part.disabled = disabled;
  }

  /** Adds pictures; returns how many exceed the limit of a class. */
  add(pictures: readonly Picture[]): number {
    const room = Math.max(0, MOST_PICTURES - this.pictures.length);
    this.pictures.push(...pictures.slice(0, room));
    this.#show();
    return Math.max(0, pictures.length - room);
  }

  focus(): void {
    this.#name.focus();
  }

  #renamed(): void {
    const name = this.name || words.classWithoutName;
    this.#name.setAttribute("aria-label", words.nameOfClass);
    this.#chosen.setAttribute("aria-label", words.samplePicturesGoTo(name));
    this.#remove.setAttribute("aria-label", words.remove(name));
    this.#remove.title = words.remove(name);
    this.#add.setAttribute("aria-label", words.picturesFor(name));
    this.#snapshot.setAttribute("aria-label", words.snapshotFor(name));
    this.element.setAttribute("aria-label", name);
    this.#events.changed();
  }

  #show(): void {
    const { length } = this.pictures;
    this.#count.textContent = length === 0 ? words.noPictureYetDropSome : words.howMany(length);
    this.#thumbs.replaceChildren(...this.pictures.map((picture, i) => this.#thumb(picture, i)));
    this.#events.changed();
  }

  #thumb(picture: Picture, place: number): HTMLElement {
    const face = make("canvas", { attributes: { "aria-hidden": "true" } });
    drawPicture(face, picture.source, FACE);
    const label = words.remove(picture.name);
    const attributes = { type: "button", "aria-label": label };
    const button = make("button", { title: label, attributes }, face);
    button.addEventListener("click", () => this.#takeAway(picture, place));
    return button;
  }

  #takeAway(picture: Picture, place: number): void {
    this.pictures.splice(place, 1);
    this.#show();
    const next = this.#thumbs.children[Math.min(place, this.pictures.length - 1)];
    ((next as HTMLElement | undefined) ?? this.#add).focus();
    this.#events.removed(this, picture.name, () => {
      this.pictures.splice(place, 0, picture);
      this.#show();
    });
  }
}
