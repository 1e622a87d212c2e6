export {triesFor} from './attempts.ts';
export * from './run-scan.ts';
export type {ScanLoopOptions} from './by-host/scan-state.ts';
export type {SweepOptions} from './sweep/sweep-options.ts';
export * from './sweep/plan-sweep.ts';
export type {Told} from './told.ts';
export {findNodes} from './discovery/multicast/find-nodes.ts';
export {type LinkNetwork, type LinkNodes, MULTICAST_TRIES} from './discovery/multicast/multicast-loop.ts';
