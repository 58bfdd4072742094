import type { ErrorCode, Problem } from "../errors.ts";

/** How many problems with attributes are listed of one entry; more can be packed into an entry than an answer should repeat. */
export const problemsListed = 100;

/** A path in a problem is cut here: names have a limit, but the names that break it do not. */
const pathLength = 200;

/** What is found in an entry while it is read. */
export class Findings {
  /** How many problems there are; it goes on counting where the list ends. */
  total = 0;
  /** A number was zero, tiny or huge, as the rest of one is that a double could not hold. */
  hasExtremeNumber = false;
  #ofFields: Problem[] = [];
  #ofAttributes: Problem[] = [];

  /** The problems of fields first, whatever order they were sent in. */
  get problems(): readonly Problem[] {
    return [...this.#ofFields, ...this.#ofAttributes];
  }

  addToField(path: string, code: ErrorCode, message: string): void {
    this.total += 1;
    this.#ofFields.push({ path, code, message });
  }

  addToAttribute(path: string, code: ErrorCode, message: string): void {
    this.total += 1;
    if (this.#ofAttributes.length >= problemsListed) return;
    const cut = path.length > pathLength ? `${path.slice(0, pathLength)}...` : path;
    this.#ofAttributes.push({ path: cut, code, message });
  }

  /** Forgets all, for the next entry. */
  clear(): void {
    this.total = 0;
    this.hasExtremeNumber = false;
    this.#ofFields = [];
    this.#ofAttributes = [];
  }
}
