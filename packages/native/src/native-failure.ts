import {ScanError} from '@halfopen/model';
import type {NativeFailure} from './native.ts';

/** Runs a call into the addon; what it throws becomes a `ScanError` that says what to do. */
export const withRemedy = <Result>(call: () => Result): Result => {
	try {
		return call();
	} catch (error) {
		throw toScanError(error);
	}
};

/** Failures of the addon with their remedy; anything else as it is. */
export const toScanError = (error: unknown): unknown => {
	if (!isNativeFailure(error)) {
		return error;
	}

	const remedy = REMEDIES.find(({suits}) => suits(error));
	return remedy === undefined
		? new ScanError('ERR_HALFOPEN_SYSTEM', describe(error), {cause: error})
		: new ScanError(remedy.code, remedy.message(error), {cause: error});
};

export const isNativeFailure = (error: unknown): error is NativeFailure =>
	error instanceof Error && 'operation' in error && 'errno' in error;

/** What failed, in one line without a remedy. */
export const describe = ({code, operation, detail}: NativeFailure): string =>
	`${operation} failed with ${code}${detail === '' ? '' : `: ${detail}`}`;

type Remedy = {
	readonly suits: (failure: NativeFailure) => boolean;
	readonly code: ScanError['code'];
	readonly message: (failure: NativeFailure) => string;
};

const REMEDIES: readonly Remedy[] = [
	{
		suits: ({code}) => code === 'EPERM' || code === 'EACCES',
		code: 'ERR_HALFOPEN_PERMISSION',
		message: ({code, operation}) =>
			`Raw packets need the capability CAP_NET_RAW, which this process lacks (${code} in ${operation}): run as root, or grant it to Node once by \`sudo setcap cap_net_raw+ep "$(readlink -f "$(command -v node)")"\`.`,
	},
	{
		suits: ({operation}) => operation === 'dlopen(libpcap)',
		code: 'ERR_HALFOPEN_SYSTEM',
		message: ({detail}) => `Replies are captured with libpcap, which was not found: ${detail}.`,
	},
	{
		suits: ({code}) => code === 'ENODEV',
		code: 'ERR_HALFOPEN_INTERFACE',
		message: failure => `No such network interface: ${describe(failure)}`,
	},
];
