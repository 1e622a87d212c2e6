export * from './finding.ts';
export type {Facts} from './facts.ts';
export * from './examine.ts';
export * from './format-findings.ts';
export * from './read-facts.ts';
