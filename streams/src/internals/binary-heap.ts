/** Negative, zero or positive, as `Array#sort` takes it. */
export type Compare<T> = (one: T, two: T) => number;

/**
 * A heap with the lowest element first. Among equal elements the order is that of Java's
 * `PriorityQueue` after the same calls, because Kafka Streams chooses records and punctuations with it.
 */
export class BinaryHeap<T> {
  readonly #compare: Compare<T>;
  readonly #elements: T[] = [];

  constructor(compare: Compare<T>) {
    this.#compare = compare;
  }

  get elements(): readonly T[] {
    return this.#elements;
  }

  peek(): T | undefined {
    return this.#elements[0];
  }

  offer(element: T): void {
    const elements = this.#elements;
    let at = elements.length;
    while (at > 0) {
      const above = (at - 1) >>> 1;
      const parent = elements[above];
      if (parent === undefined || this.#compare(element, parent) >= 0) break;
      elements[at] = parent;
      at = above;
    }
    elements[at] = element;
  }

  poll(): T | undefined {
    const first = this.#elements[0];
    const last = this.#elements.pop();
    if (last !== undefined && this.#elements.length > 0) this.#sink(last);
    return first;
  }

  /** Puts an element where it belongs, from the top down. */
  #sink(element: T): void {
    const elements = this.#elements;
    let at = 0;
    for (let below = 1; below < elements.length; below = 2 * at + 1) {
      let child = elements[below];
      const right = elements[below + 1];
      if (child === undefined) break;
      if (right !== undefined && this.#compare(child, right) > 0) {
        child = right;
        below += 1;
      }
      if (this.#compare(element, child) <= 0) break;
      elements[at] = child;
      at = below;
    }
    elements[at] = element;
  }
}
