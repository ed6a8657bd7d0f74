/** A word about the state of a thing on the canvas; the tone only underlines it. */
export interface LiveStatus {
  readonly word: string;
  readonly tone: 'plain' | 'ok' | 'warning' | 'error';
}

/** What is known now of one node or edge of the canvas. Null: not known, and nothing is shown. */
export interface LiveFigure {
  /** Records a second. */
  readonly rate: number | null;
  readonly records: number | null;
  readonly lag: number | null;
  /** Age in milliseconds of the first record not yet read. */
  readonly lagMs: number | null;
  readonly status: LiveStatus | null;
  /** When the figures stopped being renewed, in milliseconds since the epoch; null while they are fresh. */
  readonly staleSince: number | null;
}

export const noFigure: LiveFigure = {
  rate: null,
  records: null,
  lag: null,
  lagMs: null,
  status: null,
  staleSince: null,
};

/**
 * One cell for each node or edge that has live figures, apart from React Flow's nodes: an update wakes only
 * the components that show that cell. Keys are the ids of the design (topic, service, operator) and of canvas
 * edges (`reads:<operator id>`, `writes:<operator id>:<topic id>`).
 */
export interface LiveCells {
  get(id: string): LiveFigure | undefined;
  subscribe(id: string, changed: () => void): () => void;
  /** Sets many cells as one batch; whoever listens is told once, in the next frame. */
  set(figures: Iterable<readonly [string, LiveFigure]>): void;
  /** Keeps the figures but marks them as of then. */
  markStale(since: number): void;
  clear(): void;
}

type Schedule = (flush: () => void) => void;

export function createLiveCells(schedule: Schedule = (flush) => requestAnimationFrame(flush)): LiveCells {
  const figures = new Map<string, LiveFigure>();
  const listeners = new Map<string, Set<() => void>>();
  const touched = new Set<string>();
  let scheduled = false;

  const touch = (id: string) => {
    touched.add(id);
    if (!scheduled) {
      scheduled = true;
      schedule(flush);
    }
  };
  const flush = () => {
    scheduled = false;
    const ids = [...touched];
    touched.clear();
    for (const id of ids) {
      for (const changed of listeners.get(id) ?? []) {
        changed();
      }
    }
  };

  return {
    get: (id) => figures.get(id),
    subscribe: (id, changed) => {
      const own = listeners.get(id) ?? new Set();
      listeners.set(id, own.add(changed));
      return () => {
        own.delete(changed);
        if (own.size === 0) {
          listeners.delete(id);
        }
      };
    },
    set: (updates) => {
      for (const [id, figure] of updates) {
        figures.set(id, figure);
        touch(id);
      }
    },
    markStale: (since) => {
      for (const [id, figure] of figures) {
        if (figure.staleSince === null) {
          figures.set(id, { ...figure, staleSince: since });
          touch(id);
        }
      }
    },
    clear: () => {
      const ids = [...figures.keys()];
      figures.clear();
      ids.forEach(touch);
    },
  };
}
