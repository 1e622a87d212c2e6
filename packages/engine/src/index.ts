export {triesFor} from './canary-ports.ts';
export * from './run-scan.ts';
export * from './by-host/scan-loop.ts';
export type {ScanLoopOptions} from './by-host/scan-state.ts';
