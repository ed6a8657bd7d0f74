import { TopologyError } from './errors.ts';
import { assertDuration } from './internals/assert-duration.ts';

/** How much a suppress buffer may hold. */
interface BufferLimits {
  /** Highest number of keys; infinite without a bound. */
  readonly maxRecords: number;
  /** Highest size of keys, values and headers together, in bytes; infinite without a bound. */
  readonly maxBytes: number;
}

const NO_LIMITS: BufferLimits = { maxRecords: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };

/** A buffer that never emits early: it is unbounded, or the application stops when it is full. */
export class StrictBufferConfig implements BufferLimits {
  readonly whenFull = 'shut-down';
  readonly maxRecords: number;
  readonly maxBytes: number;

  /** Use `BufferConfig`. */
  constructor(limits: BufferLimits) {
    ({ maxRecords: this.maxRecords, maxBytes: this.maxBytes } = checked(limits));
  }

  withMaxRecords(maxRecords: number): StrictBufferConfig {
    return new StrictBufferConfig({ ...this, maxRecords });
  }

  withMaxBytes(maxBytes: number): StrictBufferConfig {
    return new StrictBufferConfig({ ...this, maxBytes });
  }

  withNoBound(): StrictBufferConfig {
    return new StrictBufferConfig(NO_LIMITS);
  }

  shutDownWhenFull(): StrictBufferConfig {
    return this;
  }

  emitEarlyWhenFull(): EagerBufferConfig {
    return new EagerBufferConfig(this);
  }
}

/** A buffer that emits its oldest rows early when it is full. */
export class EagerBufferConfig implements BufferLimits {
  readonly whenFull = 'emit';
  readonly maxRecords: number;
  readonly maxBytes: number;

  /** Use `BufferConfig`. */
  constructor(limits: BufferLimits) {
    ({ maxRecords: this.maxRecords, maxBytes: this.maxBytes } = checked(limits));
  }

  withMaxRecords(maxRecords: number): EagerBufferConfig {
    return new EagerBufferConfig({ ...this, maxRecords });
  }

  withMaxBytes(maxBytes: number): EagerBufferConfig {
    return new EagerBufferConfig({ ...this, maxBytes });
  }

  withNoBound(): StrictBufferConfig {
    return new StrictBufferConfig(NO_LIMITS);
  }

  shutDownWhenFull(): StrictBufferConfig {
    return new StrictBufferConfig(this);
  }

  emitEarlyWhenFull(): EagerBufferConfig {
    return this;
  }
}

/** How large a suppress buffer may get, and what happens then. */
export type BufferConfig = StrictBufferConfig | EagerBufferConfig;

/**
 * Buffers for `Suppressed`: `unbounded()`, or `maxRecords(n)` and `maxBytes(n)`, which can be combined
 * (`maxRecords(1000).withMaxBytes(1_000_000)`) and emit early when full, or stop with `shutDownWhenFull()`.
 */
export const BufferConfig = {
  unbounded: (): StrictBufferConfig => new StrictBufferConfig(NO_LIMITS),
  maxRecords: (maxRecords: number): EagerBufferConfig => new EagerBufferConfig({ ...NO_LIMITS, maxRecords }),
  maxBytes: (maxBytes: number): EagerBufferConfig => new EagerBufferConfig({ ...NO_LIMITS, maxBytes }),
};

/** Which updates of a table are kept back, and for how long; see `KTable#suppress`. */
export class Suppressed {
  readonly until: 'window-closes' | 'time-limit';
  /** For a time limit: how long a key waits after its first update, ms of stream time. */
  readonly waitMs: number;
  readonly buffer: BufferConfig;

  private constructor(until: Suppressed['until'], waitMs: number, buffer: BufferConfig) {
    this.until = until;
    this.waitMs = waitMs;
    this.buffer = buffer;
  }

  /**
   * Emits one final result per window, when its end and grace period have passed. The buffer must not
   * emit early: take `unbounded()` or `shutDownWhenFull()`.
   */
  static untilWindowCloses(buffer: StrictBufferConfig): Suppressed {
    if (buffer instanceof StrictBufferConfig) return new Suppressed('window-closes', 0, buffer);
    throw new TopologyError(
      'A suppress until windows close cannot emit early; use BufferConfig.unbounded() or shutDownWhenFull().',
    );
  }

  /** Emits the latest update of a key once `waitMs` of stream time have passed since its first one. */
  static untilTimeLimit(waitMs: number, buffer: BufferConfig): Suppressed {
    assertDuration(waitMs, 'The time limit of a suppress', 0);
    return new Suppressed('time-limit', waitMs, buffer);
  }
}

function checked({ maxRecords, maxBytes }: BufferLimits): BufferLimits {
  for (const limit of [maxRecords, maxBytes]) {
    if (Number.isNaN(limit) || limit < 0) {
      throw new TopologyError(`A suppress buffer needs a limit of at least 0, not ${limit}.`);
    }
  }
  return { maxRecords, maxBytes };
}
