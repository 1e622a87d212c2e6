// Stamps remember for which inputs a step was done, so that a second run starts at once.
import {createHash} from 'node:crypto';
import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';

const FOLDER = '.setup';

/** A line that changes when a file below one of these paths does: name, size or time of change. */
export const fingerprint = (root, inputs) => {
	const hash = createHash('sha256');
	for (const input of inputs) {
		for (const file of filesBelow(path.join(root, input))) {
			const {size, mtimeMs} = statSync(file);
			hash.update(`${file} ${size} ${mtimeMs}\n`);
		}
	}

	return hash.digest('hex');
};

export const isStamped = (root, step, mark) => {
	try {
		return readFileSync(path.join(root, FOLDER, step), 'utf8') === mark;
	} catch {
		return false;
	}
};

export const stamp = (root, step, mark) => {
	mkdirSync(path.join(root, FOLDER), {recursive: true});
	writeFileSync(path.join(root, FOLDER, step), mark);
};

const filesBelow = name => {
	if (!statSync(name).isDirectory()) {
		return [name];
	}

	return readdirSync(name, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => path.join(entry.parentPath ?? entry.path, entry.name))
		.sort();
};
