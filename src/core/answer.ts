import { ValueError } from "./errors.ts";

/** The answer of a server. Throws `ValueError` in the name of `who` if there is none. */
export const answerOf = (who: string, url: URL | string, init?: RequestInit): Promise<Response> =>
  fetch(url, init).catch((cause: Error) => {
    throw new ValueError(
      `${who}: expected an answer from ${url}, got ${cause.message}; check the address, and CORS on its server`,
      { cause },
    );
  });

/** The whole content of an answer or a file. Throws `ValueError` in the name of `who` if it breaks off. */
export const wholeOf = <T>(who: string, from: URL | string, content: Promise<T>): Promise<T> =>
  content.catch((cause: Error) => {
    throw new ValueError(
      `${who}: expected the whole content of ${from}, got ${cause.message}; open it again`,
      { cause },
    );
  });
