export {triesFor} from './canary-ports.ts';
export * from './run-scan.ts';
export type {ScanLoopOptions} from './by-host/scan-state.ts';
