// Tests are TypeScript, run by the development Node without a build: types are stripped, and the
// `@halfopen/source` condition makes every workspace import lead to `src` instead of `dist`.
export default {
	files: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
	extensions: {ts: 'module'},
	nodeArguments: ['--conditions=@halfopen/source'],
	workerThreads: false,
	timeout: '10m', // Without any news; what takes longest takes 3 minutes on two busy cores
};
