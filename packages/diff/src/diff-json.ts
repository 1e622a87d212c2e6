import type {ResultDiff} from './diff-results.ts';
import type {ScanResult} from './scan-result.ts';

/** The differences as a value for `JSON.stringify`. */
export const diffJson = ({before, after, hosts}: ResultDiff): object => ({
	formatVersion: 1,
	before: aboutFile(before),
	after: aboutFile(after),
	isSame: hosts.length === 0,
	hosts,
});

const aboutFile = ({name, hosts, problems}: ScanResult): object => ({
	file: name,
	hosts: hosts.size,
	problems,
});
