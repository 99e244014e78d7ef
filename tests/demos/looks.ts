import { checkAccess } from "../support/axe.ts";
import { Gestures } from "./gestures.ts";

/** How a page is shown: on paper, with the colours of the system, or without motion. */
interface Media {
  readonly media?: "print" | "";
  readonly features?: readonly { readonly name: string; readonly value: string }[];
}

/** What a visitor sees of a page, by eye or otherwise. */
export class Looks extends Gestures {
  /** Runs axe on the page as it is, or only some of its rules. */
  async checkAccess(rules?: readonly string[]): Promise<void> {
    await checkAccess(this.page, rules ? { rules } : {});
  }

  /** What `look` returns in the page while it is shown in this way. */
  async as<R>({ media = "", features = [] }: Media, look: () => R): Promise<R> {
    const session = await this.page.createCDPSession();
    await session.send("Emulation.setEmulatedMedia", { media, features: [...features] });
    const seen = (await this.page.evaluate(look)) as R;
    await session.detach(); // which ends it
    return seen;
  }

  /** Lets the page's next request fail, as without a network. */
  async failToFetch(): Promise<void> {
    await this.page.evaluate(() => {
      const real = window.fetch;
      window.fetch = async () => {
        window.fetch = real;
        throw new TypeError("Failed to fetch");
      };
    });
  }

  /** Lets the page's requests fail whose addresses match, as without a network; `*` stands for anything. */
  async failToLoad(...addresses: string[]): Promise<void> {
    const session = await this.page.createCDPSession();
    await session.send("Network.enable");
    await session.send("Network.setBypassServiceWorker", { bypass: true });
    await session.send("Network.setBlockedURLs", { urls: addresses });
  }

  /** Width of the page's content, in CSS pixels. */
  async width(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth);
  }

  /**
   * Presses Tab from the top of the page until an element that matches has the focus; returns what had it on the way.
   * Throws after 400 presses.
   */
  async tabTo(selector: string): Promise<readonly string[]> {
    await this.page.evaluate(() => document.querySelector<HTMLElement>(".masthead a")?.focus());
    const passed: string[] = [];
    while (passed.length < 400) {
      await this.page.keyboard.press("Tab");
      const [there, name] = await this.page.evaluate((wanted) => {
        const { activeElement: node } = document;
        return [node?.matches(wanted) ?? false, node?.id || (node?.textContent ?? "")] as const;
      }, selector);
      if (there) return passed;
      passed.push(name);
    }
    throw new Error(`expected Tab to reach '${selector}', got ${passed.slice(-5).join(", ")}`);
  }
}
