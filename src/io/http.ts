import { answerOf, wholeOf } from "../core/answer.ts";
import { ValueError } from "../core/errors.ts";
import { type ByteSource, inMemory } from "./bytes.ts";

/** Number of bytes fetched first: most headers are within it. */
const FIRST = 2 ** 16;

/**
 * Parts of a file behind a URL, by HTTP range requests (RFC 9110, section 14). If the server answers the first request with
 * the whole file (status 200), it does not support ranges: the file is then kept in memory, so that it is fetched only
 * once.
 */
export async function overHttp(url: URL | string, who: string): Promise<ByteSource> {
  const response = await request(url, 0, FIRST, who);
  if (response.status === 200) return inMemory(new Uint8Array(await body(response, url, who)), who);
  const total = Number(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1]);
  const size = Number.isSafeInteger(total) ? total : undefined; // servers of another origin may hide the header
  const first = await body(response, url, who);
  if (first.byteLength > FIRST) {
    refuse(who, url, `${FIRST} bytes`, `${first.byteLength}`, "its ranges are wrong");
  }
  const version = versionOf(response);
  const read = async (begin: number, end: number): Promise<ArrayBuffer> => {
    if (begin === end) return new ArrayBuffer(0);
    if (end <= first.byteLength) return first.slice(begin, end);
    if (size !== undefined && end > size) {
      refuse(who, url, `at least ${end} bytes`, `a file of ${size}`, "is it whole?");
    }
    const part = await request(url, begin, end, who);
    if (part.status !== 206) {
      refuse(
        who,
        url,
        "status 206",
        `${part.status}`,
        "the server does not answer every range request; fetch the whole file",
      );
    }
    if (versionOf(part) !== version) {
      refuse(who, url, "the same file", "another version", "it has changed; open it again");
    }
    const bytes = await body(part, url, who);
    if (bytes.byteLength === end - begin) return bytes;
    return refuse(who, url, `${end - begin} bytes`, `${bytes.byteLength}`, "is the file whole?");
  };
  return {
    size,
    inMemory: false,
    read,
    head: async (length) =>
      length <= first.byteLength || first.byteLength < FIRST || (size ?? Infinity) <= FIRST
        ? first.slice(0, length)
        : read(0, Math.min(length, size ?? length)),
  };
}

async function request(url: URL | string, begin: number, end: number, who: string) {
  const headers = { Range: `bytes=${begin}-${end - 1}` };
  const response = await answerOf(who, url, { headers });
  if (response.status !== 200 && response.status !== 206) {
    refuse(who, url, "status 206 or 200", `${response.status}`, "check the address");
  }
  return response;
}

const body = (response: Response, url: URL | string, who: string): Promise<ArrayBuffer> =>
  wholeOf(who, url, response.arrayBuffer());

const versionOf = ({ headers }: Response): string | null =>
  headers.get("etag") ?? headers.get("last-modified");

function refuse(
  who: string,
  url: URL | string,
  expected: string,
  got: string,
  advice: string,
): never {
  throw new ValueError(`${who}: expected ${expected} from ${url}, got ${got}; ${advice}`);
}
