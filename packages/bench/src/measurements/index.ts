import type {Measurement} from '../measurement.ts';
import {build} from './build.ts';
import {deliver} from './deliver.ts';
import {eventLoop} from './event-loop.ts';
import {generate} from './generate.ts';
import {offline} from './offline.ts';
import {pacing} from './pacing.ts';
import {receive} from './receive.ts';
import {wholeScans} from './whole-scans.ts';
import {send} from './send.ts';
import {sweep} from './sweep.ts';

/** All there are, in the order in which they run: ever more of a scan. */
export const MEASUREMENTS: readonly Measurement[] = [
	generate,
	build,
	offline,
	send,
	pacing,
	receive,
	deliver,
	sweep,
	eventLoop,
	wholeScans,
];
