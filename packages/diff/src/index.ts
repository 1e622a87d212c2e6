export {readResult} from './read/read-result.ts';
export type {ScanResult} from './scan-result.ts';
export * from './diff-results.ts';
export * from './diff-json.ts';
export * from './format-diff.ts';
