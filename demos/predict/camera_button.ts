import { byId } from "../shared/dom.ts";
import * as words from "../words/en/predict/page.ts";
import type { Camera } from "./camera.ts";
import { type Picture, smallPictureOf } from "./picture.ts";

export interface CameraEvents {
  /** Called when the camera is on and its picture moves. */
  readonly on: (picture: Picture) => void;
  /** Called when it is off again, with its last picture. */
  readonly off: (video: HTMLVideoElement, last: Picture) => void;
  readonly failed: (reason: string) => void;
}

/** The button that turns the camera on and off, and the small live picture beside the classes. */
export class CameraButton {
  readonly #events: CameraEvents;
  readonly #button = byId("camera") as HTMLButtonElement;
  #camera: Camera | undefined;

  constructor(events: CameraEvents) {
    this.#events = events;
    this.#button.disabled = false;
    this.#button.addEventListener("click", () => {
      if (this.#camera) this.close();
      else this.#open();
    });
  }

  get on(): boolean {
    return this.#camera !== undefined;
  }

  /** The present picture; if the camera is off, turns it on and returns a sentence that says so. */
  async snapshot(): Promise<Picture | string> {
    if (this.#camera) return smallPictureOf(this.#camera.video, words.snapshot);
    const failed = await this.#open();
    return failed ?? words.cameraIsOnPressSnapshot;
  }

  /** Turns the camera off. */
  close(): void {
    const camera = this.#camera;
    if (!camera) return;
    this.#camera = undefined;
    this.#button.textContent = words.camera;
    this.#button.setAttribute("aria-pressed", "false");
    byId("preview").replaceChildren();
    createImageBitmap(camera.video).then((source) => {
      this.#events.off(camera.video, { name: words.camera, source });
      camera.close();
    });
  }

  /** Throws the reason if that fails. */
  async #open(): Promise<string | undefined> {
    this.#button.disabled = true;
    try {
      const { Camera: Opened } = await import("./camera.ts");
      const camera = await Opened.open();
      this.#camera = camera;
      this.#button.textContent = words.stopCamera;
      this.#button.setAttribute("aria-pressed", "true");
      camera.video.setAttribute("aria-label", words.whatCameraSees);
      byId("preview").replaceChildren(camera.video);
      this.#events.on({ name: words.camera, source: camera.video });
      return undefined;
    } catch (error) {
      const { message } = error as Error;
      this.#events.failed(message);
      return message;
    } finally {
      this.#button.disabled = false;
    }
  }
}
