import * as words from "../words/en/predict/page.ts";

/** The visitor's camera as a video, whose frames are used and not stored. */
export class Camera {
  readonly video: HTMLVideoElement;
  readonly #stream: MediaStream;

  private constructor(video: HTMLVideoElement, stream: MediaStream) {
    this.video = video;
    this.#stream = stream;
  }

  /** Asks for the camera; throws an error that says why there is none. */
  static async open(): Promise<Camera> {
    // pages that are not served securely have no media devices
    const devices: MediaDevices | undefined = navigator.mediaDevices;
    if (!devices) throw new Error(words.cameraNeedsHttpsOr);
    let stream: MediaStream;
    try {
      stream = await devices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 640 } },
      });
    } catch (cause) {
      const denied = cause instanceof DOMException && cause.name === "NotAllowedError";
      const why = denied ? words.browserDoesNotLetThis : words.noCameraWasFoundOr;
      throw new Error(words.orChoosePicture(why), { cause });
    }
    const video = document.createElement("video");
    Object.assign(video, { muted: true, playsInline: true, srcObject: stream });
    await video.play();
    return new Camera(video, stream);
  }

  /** Turns the camera off. */
  close(): void {
    for (const track of this.#stream.getTracks()) track.stop();
    this.video.srcObject = null;
  }
}
