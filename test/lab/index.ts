export * from './firewall.ts';
export * from './forge.ts';
export * from './lab-problem.ts';
export * from './lab.ts';
export * from './listen.ts';
export * from './namespace.ts';
export * from './nmap.ts';
