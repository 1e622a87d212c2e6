export * from '@halfopen/scanner';
