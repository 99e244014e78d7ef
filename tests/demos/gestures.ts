import type { Page } from "puppeteer";

/**
 * What a visitor does to a page with a mouse, a finger and a keyboard. Positions are fractions of an element's width
 * and height from its top left.
 */
export class Gestures {
  protected readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async click(selector: string): Promise<void> {
    await this.page.click(selector);
  }

  /** Waits until the element can be pressed, and clicks it. */
  async clickEnabled(selector: string): Promise<void> {
    await this.page.waitForSelector(`${selector}:enabled`, { timeout: 60_000 });
    await this.page.click(selector);
  }

  /** Touches an element with a finger. */
  async tap(selector: string): Promise<void> {
    await this.page.tap(selector);
  }

  /** Clicks within an element, at fractions of its width and height from the top left. */
  async clickAt(selector: string, across: number, down: number): Promise<void> {
    const { page } = this;
    const box = await (await page.waitForSelector(selector))?.boundingBox();
    if (!box) throw new Error(`expected '${selector}' to be seen`);
    await page.mouse.click(box.x + across * box.width, box.y + down * box.height);
  }

  /** Drags the mouse between two points of an element, given as fractions of its width and height from the top left. */
  async drag(
    selector: string,
    from: readonly [number, number],
    to: readonly [number, number],
  ): Promise<void> {
    const { page } = this;
    const element = await page.waitForSelector(selector);
    await element?.scrollIntoView();
    const box = await element?.boundingBox();
    if (!box) throw new Error(`expected '${selector}' to be seen`);
    const at = ([x, y]: readonly [number, number]) =>
      [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at(to), { steps: 4 });
    await page.mouse.up();
  }

  /** Drags a finger between two points of an element, given as fractions of its width and height from the top left. */
  async finger(
    selector: string,
    from: readonly [number, number],
    to: readonly [number, number],
  ): Promise<void> {
    const { page } = this;
    const element = await page.waitForSelector(selector);
    await element?.scrollIntoView();
    const box = await element?.boundingBox();
    if (!box) throw new Error(`expected '${selector}' to be seen`);
    const at = (share: number) =>
      [0, 1].map((k) => {
        const [a, b] = [Number(from[k]), Number(to[k])];
        return (k ? box.y : box.x) + (a + share * (b - a)) * (k ? box.height : box.width);
      }) as [number, number];
    await page.touchscreen.touchStart(...at(0));
    for (let step = 1; step <= 6; step++) await page.touchscreen.touchMove(...at(step / 6));
    await page.touchscreen.touchEnd();
  }

  /** Moves a finger up by 120 pixels at the right of an element, as one does to scroll. */
  async swipe(selector: string): Promise<void> {
    const { page } = this;
    const box = await (await page.waitForSelector(selector))?.boundingBox();
    if (!box) throw new Error(`expected '${selector}' to be seen`);
    const [x, y] = [box.x + 0.75 * box.width, box.y + 0.7 * box.height];
    await page.touchscreen.touchStart(x, y);
    for (let step = 1; step <= 6; step++) await page.touchscreen.touchMove(x, y - 20 * step);
    await page.touchscreen.touchEnd();
  }

  /** Presses keys; the focused element gets them. */
  async press(
    ...keys: readonly ("ArrowRight" | "ArrowUp" | "ArrowDown" | "Enter" | "Escape" | "Space")[]
  ): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Moves a slider to a position, as a visitor would. */
  async slide(selector: string, position: number): Promise<void> {
    await this.page.$eval(
      selector,
      (node, value) => {
        (node as HTMLInputElement).value = String(value);
        node.dispatchEvent(new Event("input", { bubbles: true }));
      },
      position,
    );
  }

  /** Chooses an option of a select by its value. */
  async choose(selector: string, value: string): Promise<void> {
    await this.page.select(selector, value);
  }
}
