export {triesFor} from './canary-ports.ts';
export * from './run-scan.ts';
export * from './scan-loop.ts';
export type {ScanLoopOptions} from './scan-state.ts';
