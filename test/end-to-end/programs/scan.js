// Scans with the options of its argument, in JSON, and prints each event as a line of JSON.
import {scan} from '../../../packages/cli/dist/index.js';

const printable = (_key, value) => {
	if (typeof value === 'bigint') {
		return `${value}`;
	}

	if (value instanceof Uint8Array) {
		return Buffer.from(value).toString('hex');
	}

	return typeof value?.[Symbol.iterator] === 'function' && typeof value !== 'string' ? [...value] : value;
};

for await (const event of scan(JSON.parse(process.argv[2]))) {
	console.log(JSON.stringify(event, printable));
}
