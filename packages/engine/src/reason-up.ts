import type {Path, Reason} from '@halfopen/model';

/** Without host discovery a host is taken to be up; for our own and for neighbours there is better evidence. */
export const reasonUp = (path: Path | undefined): Reason => {
	if (path?.local === true) {
		return 'localhost-response';
	}

	if (path?.mac === undefined) {
		return 'user-set';
	}

	return path.source.family === 4 ? 'arp-response' : 'nd-response';
};
