declare const unit: unique symbol;

/** A time or duration in microseconds. Times count from an origin of the transport's choosing and never step back. */
export type Micros = number & {readonly [unit]: 'µs'};

/** Marks a plain number as microseconds. */
export const micros = (value: number): Micros => value as Micros;

/** Microseconds in a millisecond. */
export const MILLISECOND = 1000;

/** Microseconds in a second. */
export const SECOND = 1_000_000;

/** Where the current time comes from: the real clock, or a simulator's. */
export interface Clock {
	/** The current time. Monotonic; unrelated to the time of day. */
	now(): Micros;
}
