import {mkdirSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// Where it is set, Node 20 parses all certificates that there are before it does anything else: 40 ms of the place where
// it is measured, not of what is.
delete process.env.NODE_EXTRA_CA_CERTS;

/** What one run of a command took, and what it found. */
export interface Timed<Result> {
	readonly seconds: number;
	readonly result: Result;
}

/** Times one call by the monotonic clock. */
export const time = async <Result>(run: () => Promise<Result>): Promise<Timed<Result>> => {
	const start = performance.now();
	const result = await run();
	return {seconds: (performance.now() - start) / 1000, result};
};

export const median = (values: readonly number[]): number => {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Columns of a table of times: `median`, `least`, `most` in the given unit. */
export const spread = (seconds: readonly number[], unit: 'ms' | 's'): string[] =>
	[median(seconds), Math.min(...seconds), Math.max(...seconds)].map(value =>
		unit === 'ms' ? `${(value * 1000).toFixed(1)} ms` : `${value.toFixed(3)} s`,
	);

/** A table in Markdown; the first row is its head. */
export const markdownTable = ([head, ...rows]: readonly (readonly string[])[]): string =>
	[head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |\n`).join('');

/** Prints a result and keeps it as `bench/results/<name>.md`, with what made it and where. */
export const report = (name: string, title: string, body: string): void => {
	const command = ['node', path.relative(process.cwd(), process.argv[1]), ...process.argv.slice(2)].join(' ');
	const text = `# ${title}

\`${command}\` on ${new Date().toISOString().slice(0, 10)}; ${machine()}.

${body}`;
	console.log(text);
	const folder = path.join(import.meta.dirname, 'results');
	mkdirSync(folder, {recursive: true});
	writeFileSync(path.join(folder, `${name}.md`), text);
};

const machine = (): string =>
	`${os.availableParallelism()} cores of ${os.cpus()[0].model.trim()}, ${os.type()} ${os.release()}`;

/** The number after `--name` on the command line. */
export const numberOption = (name: string, fallback: number): number => {
	const text = textOption(name);
	return text === undefined ? fallback : Number(text);
};

/** The word after `--name` on the command line. */
export const textOption = (name: string): string | undefined => {
	const index = process.argv.indexOf(`--${name}`);
	return index === -1 ? undefined : process.argv[index + 1];
};

/** Whether `--name` is on the command line. */
export const flag = (name: string): boolean => process.argv.includes(`--${name}`);
