import type {Measurement} from '../measurement.ts';
import {generate} from './generate.ts';
import {pacing} from './pacing.ts';
import {receive} from './receive.ts';
import {send} from './send.ts';

/** All there are, in the order in which they run. */
export const MEASUREMENTS: readonly Measurement[] = [generate, send, pacing, receive];
