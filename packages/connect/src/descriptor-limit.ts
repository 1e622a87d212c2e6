import {readFileSync} from 'node:fs';

/** How many descriptors this process may hold. */
export const descriptorLimit = (): number => {
	const [, soft] = /^Max open files\s+(\d+|unlimited)/m.exec(readLimits()) ?? [];
	return soft === 'unlimited' ? Infinity : Number(soft ?? USUAL_LIMIT);
};

const USUAL_LIMIT = 256; // What macOS starts with, the lowest of the systems that cannot be asked

const readLimits = (): string => {
	try {
		return readFileSync('/proc/self/limits', 'utf8');
	} catch {
		return '';
	}
};
