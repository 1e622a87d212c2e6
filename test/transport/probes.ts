import {fileURLToPath} from 'node:url';
import type {Namespace} from '../lab/index.ts';
import type {ProbesRequest, ProbesResult} from './run-probes.ts';

const PROGRAM = fileURLToPath(new URL('run-probes.ts', import.meta.url));

/** Sends probes from a namespace through a native transport of its own. */
export const sendProbes = async (from: Namespace, request: ProbesRequest): Promise<ProbesResult> => {
	const args = ['--conditions=@halfopen/source', PROGRAM, JSON.stringify(request)];
	const {status, stdout, stderr} = await from.run(process.execPath, args);
	if (status !== 0) {
		throw new Error(`The program ended with status ${status}\n${stdout}\n${stderr}`);
	}

	return JSON.parse(stdout) as ProbesResult;
};

/** The link-layer address of an interface. */
export const macOf = async (namespace: Namespace, device: string): Promise<string> => {
	const {stdout} = await namespace.run('cat', [`/sys/class/net/${device}/address`]);
	return stdout.trim();
};
