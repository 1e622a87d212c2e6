import {type Clock, micros, MILLISECOND} from '@halfopen/model';

/** Time by the clock of the process, for what has no transport to ask. */
export const monotonicClock: Clock = {now: () => micros(performance.now() * MILLISECOND)};
